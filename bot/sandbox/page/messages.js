// The messages of one chat, patched by message id: what did not change keeps its element, its focus and its place.

import { el, icon, iconButton, reconcile, setAttribute, setText } from "./dom.js";
import { formatted, safeAddress } from "./safe-html.js";
import { hourMinute, longDay } from "./time.js";
import { language, say, translate } from "./words.js";

const ATTACHMENTS = ["location", "photo", "voice", "sticker", "contact", "document", "video", "poll"];
const ICONS = { document: "file", video: "photo", poll: "dials" };
const drawn = new WeakMap(); // element → signature of what it shows

export function drawMessages(list, messages) {
  const held = list.contains(document.activeElement) ? document.activeElement : null;
  const heldIn = held?.closest("[data-message]");
  let day = "";
  const items = messages.map((message) => {
    const today = longDay(new Date(message.date));
    const first = today !== day;
    day = today;
    return { message, day: first ? today : "" };
  });
  reconcile(list, items, ({ message }) => message.message_id, create, update);
  if (held && held !== list && !(held.isConnected && list.contains(held))) settleFocus(list, heldIn);
}

/** The button a person stood on is gone: stay in its message, else with the conversation. */
function settleFocus(list, message) {
  const near = message?.isConnected ? message.querySelector("[data-role=inline-keyboard] button") : null;
  (near ?? list).focus({ preventScroll: true });
}

function create({ message }) {
  const bubble = el(
    "div",
    { class: "bubble" },
    el("span", { class: "offscreen", "data-role": "author" }),
    el("div", { class: "attachment", hidden: true }),
    el("div", { class: "text", "data-role": "text" }),
    el("p", { class: "preview", "data-role": "link-preview", hidden: true }),
    el("span", { class: "meta" }, el("span", { class: "was-edited" }), el("time"), message.from === "user" ? icon("checks") : null),
  );
  const node = el(
    "li",
    { class: `message from-${message.from}`, "data-message": message.message_id, "data-from": message.from },
    el("p", { class: "day", hidden: true }),
    el("div", { class: "stack" }, bubble, el("div", { class: "inline-keyboard", "data-role": "inline-keyboard", role: "group", hidden: true })),
    iconButton("more", "actions", { class: "round message-actions", "data-role": "message-actions", "aria-haspopup": "menu", "aria-expanded": "false" }),
  );
  return node;
}

function update(node, item) {
  const signature = JSON.stringify([item, language()]);
  if (drawn.get(node) === signature) return;
  drawn.set(node, signature);
  const { message, day } = item;
  const date = new Date(message.date);

  const pill = node.querySelector(".day");
  pill.hidden = !day;
  setText(pill, day);
  setText(node.querySelector("[data-role=author]"), `${say(message.from === "bot" ? "bot" : "you")}: `);
  drawText(node.querySelector("[data-role=text]"), message);
  drawAttachment(node.querySelector(".attachment"), message);
  drawPreview(node.querySelector(".preview"), message.link_preview);
  node.classList.toggle("protected", Boolean(message.protected));
  setText(node.querySelector(".was-edited"), message.edited ? `${say("edited")} ` : "");
  const time = node.querySelector("time");
  setText(time, hourMinute(date));
  setAttribute(time, "datetime", message.date);
  drawKeyboard(node.querySelector("[data-role=inline-keyboard]"), message.inline_keyboard ?? []);
  translate(node);
}

function drawText(node, message) {
  const html = message.html ?? "";
  const source = JSON.stringify([html, message.text]);
  if (node.dataset.source === source) return;
  node.dataset.source = source;
  // The fixed texts are Ukrainian or English; a reader's voice must follow the text, not the page.
  node.lang = /[а-яґєії]/i.test(message.text ?? "") ? "uk" : "en";
  node.replaceChildren(html ? formatted(html) : (message.text ?? ""));
}

function drawAttachment(node, message) {
  const kind = message.kind ?? "text";
  node.hidden = kind === "text";
  if (node.hidden || node.dataset.kind === kind + language()) return;
  node.dataset.kind = kind + language();
  node.className = `attachment is-${kind}`;
  const known = ATTACHMENTS.includes(kind) ? kind : "other";
  node.replaceChildren(icon(ICONS[known] ?? (known === "other" ? "file" : known)), el("span", {}, say(known)));
}

/** Telegram's own servers would fetch the page to make a card of it; here only the fact is shown. */
function drawPreview(node, address) {
  node.hidden = !address;
  if (address) setText(node, say("preview", { host: safeAddress(address)?.host || address }));
}

/** Buttons keep their element by row and column, so a redraw never throws the focus away. */
function drawKeyboard(node, rows) {
  node.hidden = rows.length === 0;
  setAttribute(node, "aria-label", say("buttons", { list: "" }).replace(/[:\s]+$/, ""));
  const indexed = rows.map((buttons, row) => ({ row, buttons }));
  reconcile(
    node,
    indexed,
    ({ row }) => row,
    () => el("div", { class: "key-row" }),
    (line, { row, buttons }) =>
      reconcile(
        line,
        buttons.map((button, column) => ({ button, row, column })),
        ({ column }) => column,
        () => el("button", { type: "button", class: "key" }, el("span", { class: "key-text" }), icon("link"), el("span", { class: "offscreen" })),
        drawKey,
      ),
  );
}

function drawKey(node, { button, row, column }) {
  const corner = { url: "link", copy: "copy" }[button.kind];
  Object.assign(node.dataset, { row, column, kind: button.kind });
  setText(node.firstElementChild, button.text);
  node.querySelector(".icon").toggleAttribute("hidden", !corner);
  if (corner) setAttribute(node.querySelector("use"), "href", `#i-${corner}`);
  setText(node.lastElementChild, { url: ` (${say("opens")})`, copy: ` (${say("copies")})` }[button.kind] ?? "");
}

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
    el("span", { "data-role": "author" }),
    el("p", { class: "quote", "data-role": "quote", hidden: true }),
    el("div", { class: "attachment", hidden: true }),
    el("div", { class: "text", "data-role": "text" }),
    el("p", { class: "preview", "data-role": "link-preview", hidden: true }),
    el("span", { class: "meta" }, el("span", { class: "locked", "data-role": "locked", hidden: true }, icon("lock"), el("span", { class: "offscreen" })), el("span", { class: "was-edited" }), el("time"), message.mine ? icon("checks") : null),
  );
  const node = el(
    "li",
    { class: `message from-${message.mine ? "user" : "bot"}${message.service ? " service" : ""}`, "data-message": message.message_id, "data-from": message.from },
    el("p", { class: "day", hidden: true }),
    el("div", { class: "stack" }, bubble, el("div", { class: "inline-keyboard", "data-role": "inline-keyboard", role: "group", hidden: true })),
    message.service ? null : iconButton("more", "actions", { class: "round message-actions", "data-role": "message-actions", "aria-haspopup": "menu", "aria-expanded": "false" }),
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
  drawAuthor(node.querySelector("[data-role=author]"), message);
  drawQuote(node.querySelector("[data-role=quote]"), message.reply_to);
  drawText(node.querySelector("[data-role=text]"), message);
  drawAttachment(node.querySelector(".attachment"), message);
  drawPreview(node.querySelector(".preview"), message.link_preview);
  node.classList.toggle("protected", Boolean(message.protected));
  const lock = node.querySelector("[data-role=locked]");
  lock.hidden = !message.protected;
  setText(lock.lastElementChild, say("protectedHint"));
  setAttribute(lock, "title", say("protectedHint"));
  setText(node.querySelector(".was-edited"), message.edited ? `${say("edited")} ` : "");
  const time = node.querySelector("time");
  setText(time, hourMinute(date));
  setAttribute(time, "datetime", message.date);
  drawKeyboard(node.querySelector("[data-role=inline-keyboard]"), message.inline_keyboard ?? []);
  translate(node);
}

/** In a group the author's name stands over the words; elsewhere only a reader's voice says who speaks. */
function drawAuthor(node, message) {
  node.className = message.by && !message.service ? "author" : "offscreen";
  setText(node, message.service ? "" : message.by ? message.by : `${say(message.mine ? "you" : "bot")}: `);
}

function drawQuote(node, answered) {
  node.hidden = !answered;
  if (answered) setText(node, `${answered.name}: ${answered.text}`);
}

/** Telegram's own line, in words. */
export function serviceWords({ service, by }) {
  const names = service.names.join(", ");
  return say(`line_${service.what}`, { names, who: by }) || service.what;
}

function drawText(node, message) {
  if (message.service) {
    setText(node, serviceWords(message));
    return;
  }
  const html = message.html ?? "";
  const source = JSON.stringify([html, message.text]);
  if (node.dataset.source === source) return;
  node.dataset.source = source;
  // The fixed texts are Ukrainian or English; a reader's voice must follow the text, not the page.
  node.lang = /[а-яґєії]/i.test(message.text ?? "") ? "uk" : "en";
  node.replaceChildren(html ? formatted(html) : (message.text ?? ""));
}

function drawAttachment(node, message) {
  const kind = message.service ? "text" : (message.kind ?? "text");
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

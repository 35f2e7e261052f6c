// The line a person writes in: text, editing, attachments, commands, and the reply keyboard below it.

import { askLocation, commandsFor } from "./dialogs.js";
import { el, icon, iconButton, reconcile, setAttribute, setText } from "./dom.js";
import { openMenu } from "./menu.js";
import { say, translate } from "./words.js";

const TALLEST = 120; // CSS pixels a long text may take before it scrolls
const LONGEST = 4096; // characters in one message
const ATTACHMENTS = ["photo", "voice", "sticker", "contact"];

/** `to(action, body)` carries an order of this phone's owner out. */
export function createComposer(to, type) {
  const field = el("textarea", { rows: 1, "data-role": "input", "data-t-label": "write", enterkeyhint: "send", autocomplete: "off" });
  const send = el("button", { type: "submit", class: "round send", "data-role": "send", "data-t-label": "send" }, icon("send"));
  const commands = iconButton("menu", "commandMenu", { "data-role": "commands", "aria-haspopup": "menu", "aria-expanded": "false" });
  const attach = iconButton("clip", "attach", { "data-role": "attach", "aria-haspopup": "menu", "aria-expanded": "false" });
  const keysToggle = iconButton("keys", "keys", { "data-role": "keys-toggle", hidden: true });
  const banner = el("div", { class: "editing", "data-role": "editing", hidden: true }, icon("edit"), el("p", {}), iconButton("close", "cancelEdit", { "data-role": "cancel-edit" }));
  const form = el("form", { class: "composer", "data-role": "composer" }, banner, commands, field, keysToggle, attach, send);
  const unblock = el("button", { type: "button", class: "unblock", "data-role": "unblock", "data-t": "unblock", hidden: true });
  const keys = el("div", { class: "reply-keyboard", "data-role": "reply-keyboard", role: "group", "data-t-label": "replyKeyboard", hidden: true });
  const root = el("div", { class: "compose-area" }, form, unblock);
  let chat = null;
  let bot = null;
  let editing = null; // the id of the message that is being changed
  let answering = null; // the id of the message that is being answered, in a group
  let putAway = null; // the reply keyboard the person has folded, by its message id

  const grow = () => {
    field.style.height = "auto";
    field.style.height = `${Math.min(field.scrollHeight, TALLEST)}px`;
  };

  function edit(message) {
    [editing, answering] = [message.message_id, null];
    field.value = message.text ?? "";
    busyWith(message, "editing");
  }

  function reply(message) {
    [editing, answering] = [null, message.message_id];
    busyWith(message, "replying");
  }

  function busyWith(message, key) {
    setText(banner.querySelector("p"), `${say(key)}: ${message.text ?? ""}`);
    setAttribute(banner.querySelector("use"), "href", key === "editing" ? "#i-edit" : "#i-reply");
    showBanner();
    grow();
    field.focus();
  }

  function cancel() {
    if (editing !== null) field.value = "";
    editing = answering = null;
    showBanner();
    grow();
  }

  function showBanner() {
    banner.hidden = editing === null && answering === null;
    send.dataset.tLabel = editing === null ? "send" : "saveEdit";
    setAttribute(send.querySelector("use"), "href", editing === null ? "#i-send" : "#i-check");
    translate(form);
  }

  /** As Telegram's own apps do, a longer text goes as several messages. */
  async function sendAll(text, about) {
    for (let at = 0; at < text.length; at += LONGEST) if (!(await to("send", { text: text.slice(at, at + LONGEST), ...about }))) return false;
    return true;
  }

  async function submit() {
    const text = field.value;
    if (!text.trim()) return;
    const target = editing;
    const about = answering === null ? {} : { reply_to: answering };
    field.value = "";
    cancel();
    const done = target === null ? await sendAll(text, about) : await to("edit", { message_id: target, text });
    if (!done && !field.value) field.value = text; // a refused text is not lost
  }

  form.addEventListener("submit", (event) => {
    event.preventDefault();
    submit();
  });
  field.addEventListener("input", grow);
  field.addEventListener("keydown", (event) => {
    if (event.key === "Escape") cancel();
    if (event.key !== "Enter" || event.shiftKey || event.isComposing) return;
    event.preventDefault();
    submit();
  });
  banner.querySelector("button").addEventListener("click", () => {
    cancel();
    field.focus();
  });
  unblock.addEventListener("click", () => to("unblock"));

  const shareLocation = () => askLocation((location) => to("send", { location }));
  attach.addEventListener("click", () =>
    openMenu(attach, say("attach"), [
      ...(type === "private" ? [{ role: "attach-location", icon: "location", text: say("location"), act: shareLocation }] : []),
      ...ATTACHMENTS.map((kind) => ({ role: `attach-${kind}`, icon: kind, text: say(kind), act: () => to("send", { other: kind }) })),
    ]),
  );
  commands.addEventListener("click", () =>
    openMenu(
      commands,
      say("commandMenu"),
      commandsFor(bot, chat.lang).map(({ command, description }) => ({
        role: `command-${command}`,
        text: `/${command}`,
        hint: description,
        act: () => to("send", { text: `/${command}` }),
      })),
    ),
  );

  keysToggle.addEventListener("click", () => {
    putAway = putAway === chat.reply_keyboard.message_id ? null : chat.reply_keyboard.message_id;
    drawKeys();
  });
  keys.addEventListener("click", (event) => {
    const key = event.target.closest("button");
    if (!key) return;
    const [row, column] = [Number(key.dataset.row), Number(key.dataset.column)];
    const button = chat.reply_keyboard.rows[row][column];
    if (chat.reply_keyboard.one_time) putAway = chat.reply_keyboard.message_id;
    if (button.request_location) shareLocation();
    else to("key", { row, column });
    drawKeys();
  });

  function drawKeys() {
    const keyboard = chat.blocked ? null : chat.reply_keyboard;
    const shown = keyboard && keyboard.rows?.length && putAway !== keyboard.message_id;
    if (!shown && keys.contains(document.activeElement)) field.focus();
    keys.hidden = !shown;
    keysToggle.hidden = !keyboard?.rows?.length;
    setAttribute(keysToggle, "aria-expanded", String(Boolean(shown)));
    field.placeholder = keyboard?.placeholder || say("write");
    const rows = (keyboard?.rows ?? []).map((buttons, row) => ({ row, buttons }));
    reconcile(keys, rows, ({ row }) => row, () => el("div", { class: "key-row" }), (line, { row, buttons }) =>
      reconcile(line, buttons, (button) => buttons.indexOf(button), () => el("button", { type: "button", class: "reply-key" }, icon("location"), el("span")), (node, button) => {
        Object.assign(node.dataset, { row, column: buttons.indexOf(button) });
        node.querySelector(".icon").toggleAttribute("hidden", !button.request_location);
        setText(node.lastElementChild, button.text);
      }),
    );
  }

  function draw(nextChat, nextBot) {
    chat = nextChat;
    bot = nextBot;
    const lost = chat.blocked && form.contains(document.activeElement);
    const found = !chat.blocked && document.activeElement === unblock;
    form.hidden = chat.blocked;
    unblock.hidden = !chat.blocked;
    if (lost) unblock.focus();
    if (found) field.focus();
    commands.hidden = commandsFor(bot, chat.lang).length === 0;
    const busy = editing ?? answering;
    if (busy !== null && !chat.messages.some((message) => message.message_id === busy)) cancel();
    drawKeys();
  }

  return { root, keys, draw, edit, reply };
}

// One station: a phone with a chat on it, private or a group, and beside it what others could see and what the
// database holds.

import { chatActions, messageActions } from "./actions.js";
import { createComposer } from "./composer.js";
import { askToLeave, showCard } from "./dialogs.js";
import { el, icon, iconButton, setAttribute, setText } from "./dom.js";
import { openMenu } from "./menu.js";
import { drawMessages, serviceWords } from "./messages.js";
import { attempt, copy } from "./notices.js";
import { createPanels } from "./panels.js";
import { createPopups } from "./popups.js";
import { order } from "./server.js";
import { isGroup } from "./views.js";
import { say, translate } from "./words.js";

const NEAR = 80; // CSS pixels from the end that still count as reading the newest
const SETTLE = 300; // milliseconds: a shell and the edit that fills it are read out as one

export function createStation({ key, person: { id: personId }, chat: { id: chatId, type } }) {
  const label = `owner-${key.replace(":", "")}`;
  const hooks = { "data-chat": chatId, "data-person": personId };
  /** In a group an order says whose hand it is. */
  const to = (action, body = {}) => attempt(order(`chats/${chatId}/${action}`, type === "private" ? body : { ...body, person: personId }));
  const list = el("ol", { class: "messages", "data-role": "messages", "data-t-label": "conversation", tabindex: 0 });
  const welcome = el("div", { class: "welcome", "data-role": "welcome", hidden: true }, el("h3", { "data-t": "whatCanDo" }), el("p"), el("button", { type: "button", class: "strong", "data-role": "start", "data-t": "start" }));
  const newest = iconButton("down", "newest", { class: "round newest", "data-role": "newest", hidden: true });
  const popups = createPopups(() => list);
  const profile = el("button", { type: "button", class: "profile", "data-role": "profile" }, el("span", { class: "avatar", "aria-hidden": "true" }), el("span", { class: "who" }, el("strong"), el("small")));
  const chatMenu = iconButton("more", "chatMenu", { "data-role": "chat-menu", "aria-haspopup": "menu", "aria-expanded": "false" });
  const composer = createComposer(to, type);
  const panels = createPanels(hooks);
  const announcer = el("p", { class: "offscreen", "data-role": "announcer", "aria-live": "polite" });
  const caption = el("h2", { class: "caption", id: label }, el("strong"), el("span"));
  const phone = el(
    "section",
    { class: "phone", "data-role": "phone", ...hooks },
    el("header", { class: "chat-head" }, profile, chatMenu),
    el("div", { class: "conversation" }, list, welcome, popups.line, newest, popups.alert),
    composer.root,
    composer.keys,
  );
  const root = el("article", { class: "station", "data-role": "station", ...hooks, "aria-labelledby": label }, caption, phone, panels.root, announcer);

  let chat = null;
  let bot = null;
  let heard = null; // message id → text already on the screen
  let saying = null;
  let atEnd = true;

  const join = (groupId) => attempt(order(`chats/${groupId}/join`, { person: personId }));
  const message = (node) => chat.messages.find((one) => String(one.message_id) === node.closest("[data-message]").dataset.message);

  list.addEventListener("click", (event) => {
    const link = event.target.closest("a");
    const spoiler = event.target.closest(".spoiler:not(.shown)");
    const key = event.target.closest(".key");
    const actions = event.target.closest("[data-role=message-actions]");
    if (link) {
      event.preventDefault();
      askToLeave(link.href);
    } else if (spoiler) reveal(spoiler);
    else if (key) press(key);
    else if (actions) offerActions(actions);
  });
  list.addEventListener("auxclick", (event) => event.target.closest("a") && event.preventDefault());
  list.addEventListener("keydown", (event) => {
    const spoiler = event.target.closest(".spoiler:not(.shown)");
    if (!spoiler || (event.key !== "Enter" && event.key !== " ")) return;
    event.preventDefault();
    reveal(spoiler);
  });
  list.addEventListener("contextmenu", (event) => {
    const bubble = event.target.closest(".bubble");
    if (!bubble || event.target.closest("a") || String(getSelection())) return;
    event.preventDefault();
    offerActions(bubble.closest("[data-message]").querySelector("[data-role=message-actions]"));
  });
  list.addEventListener("scroll", () => {
    atEnd = list.scrollHeight - list.scrollTop - list.clientHeight < NEAR;
    newest.hidden = atEnd;
  });
  new ResizeObserver(() => atEnd && toEnd()).observe(list);
  newest.addEventListener("click", () => {
    atEnd = true;
    toEnd();
    list.focus({ preventScroll: true });
  });
  welcome.querySelector("button").addEventListener("click", () => to("send", { text: "/start" }));
  profile.addEventListener("click", () => showCard(bot, chat.lang));
  chatMenu.addEventListener("click", () => openMenu(chatMenu, say("chatMenu"), chatActions(chat, bot, to, join)));

  const open = () => chat.chat_list.unread > 0 && to("read");
  // Whoever touches the chat has it open, so nothing in it stays unread.
  for (const kind of ["pointerdown", "focusin"]) phone.addEventListener(kind, open);

  function toEnd() {
    list.scrollTop = list.scrollHeight;
    newest.hidden = true;
  }

  function reveal(spoiler) {
    spoiler.classList.add("shown");
    for (const name of ["role", "tabindex", "aria-label"]) spoiler.removeAttribute(name);
  }

  async function press(key) {
    const [row, column] = [Number(key.dataset.row), Number(key.dataset.column)];
    const { message_id, inline_keyboard } = message(key);
    const { kind, value } = inline_keyboard[row][column];
    if (kind === "url") return askToLeave(value);
    if (kind === "copy") {
      if (await copy(value)) flash(key);
      return;
    }
    key.setAttribute("aria-busy", "true");
    await to("tap", { message_id, row, column });
    key.removeAttribute("aria-busy");
  }

  function flash(key) {
    const use = key.querySelector("use");
    use.setAttribute("href", "#i-check");
    setTimeout(() => use.setAttribute("href", key.dataset.kind === "copy" ? "#i-copy" : "#i-link"), 2000);
  }

  function offerActions(button) {
    const entries = messageActions(chat, message(button), composer, to);
    if (entries.length) openMenu(button, say("actions"), entries);
  }

  /** New and redrawn messages of others are read out; edits count, because screens here arrive by edit. */
  function announce(aloud) {
    const now = new Map(chat.messages.filter((one) => !one.mine).map((one) => [one.message_id, spoken(one)]));
    const fresh = heard ? [...now].filter(([id, text]) => heard.get(id) !== text) : [];
    heard = now;
    if (!fresh.length || !aloud) return;
    clearTimeout(saying);
    const newestId = fresh.at(-1)[0];
    saying = setTimeout(() => setText(announcer, heard.get(newestId) ?? ""), SETTLE);
  }

  function spoken(one) {
    const labels = (one.inline_keyboard ?? []).flat().map((button) => button.text);
    const text = one.service ? serviceWords(one) : `${one.by ? `${one.by}: ` : ""}${one.text || say(one.kind ?? "other")}`;
    return labels.length ? `${text}\n${say("buttons", { list: labels.join(", ") })}` : text;
  }

  function draw({ chat: nextChat, person, name }, nextBot, aloud) {
    const grew = chat && nextChat.messages.at(-1)?.message_id !== chat.messages.at(-1)?.message_id;
    const mine = grew && nextChat.messages.at(-1)?.mine;
    chat = nextChat;
    bot = nextBot;
    setText(caption.firstElementChild, person.title);
    setText(caption.lastElementChild, isGroup(chat) ? say("inGroup", { name: chat.title }) : `${say(chat.persona) || chat.persona} · ${chat.lang}`);
    setAttribute(phone, "aria-label", say("phoneOf", { name }));
    setAttribute(profile, "title", say("cardOpen", { name: bot.name }));
    const title = chat.chat_list.title || bot.name;
    setText(profile.querySelector(".avatar"), [...(title || "?")][0]);
    setText(profile.querySelector("strong"), title);
    setText(profile.querySelector("small"), under());
    drawMessages(list, chat.messages);
    welcome.hidden = chat.messages.length > 0 || chat.blocked || chat.type !== "private";
    setText(welcome.querySelector("p"), bot.description || say("noDescription"));
    popups.draw(chat.toast, phone.contains(document.activeElement));
    announce(aloud);
    composer.draw(chat, bot);
    panels.draw(chat, name);
    translate(root);
    if (atEnd || mine) toEnd();
  }

  /** The small line under the chat's name. */
  function under() {
    if (!isGroup(chat)) return say(chat.blocked ? "blockedHint" : "botHint");
    return `${say("groupHint", { number: chat.members.length })} · ${say(`bot_${chat.bot.status}`)}`;
  }

  return { root, draw };
}

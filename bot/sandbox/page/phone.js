// One station: a phone with its chat, and beside it what others could see and what the database holds.

import { createComposer } from "./composer.js";
import { askToLeave, showCard } from "./dialogs.js";
import { el, icon, iconButton, setAttribute, setText } from "./dom.js";
import { openMenu } from "./menu.js";
import { drawMessages } from "./messages.js";
import { attempt, copy } from "./notices.js";
import { createPanels } from "./panels.js";
import { order } from "./server.js";
import { say, translate } from "./words.js";

const NEAR = 80; // CSS pixels from the end that still count as reading the newest
const SETTLE = 300; // milliseconds: a shell and the edit that fills it are read out as one
const TOAST = 5000;

export function createStation(chatId) {
  const list = el("ol", { class: "messages", "data-role": "messages", "data-t-label": "conversation", tabindex: 0 });
  const welcome = el("div", { class: "welcome", "data-role": "welcome", hidden: true }, el("h3", { "data-t": "whatCanDo" }), el("p"), el("button", { type: "button", class: "strong", "data-role": "start", "data-t": "start" }));
  const newest = iconButton("down", "newest", { class: "round newest", "data-role": "newest", hidden: true });
  const toast = el("p", { class: "toast", "data-role": "toast", role: "status" });
  const profile = el("button", { type: "button", class: "profile", "data-role": "profile" }, el("span", { class: "avatar", "aria-hidden": "true" }), el("span", { class: "who" }, el("strong"), el("small")));
  const chatMenu = iconButton("more", "chatMenu", { "data-role": "chat-menu", "aria-haspopup": "menu", "aria-expanded": "false" });
  const composer = createComposer(chatId);
  const panels = createPanels(chatId);
  const announcer = el("p", { class: "offscreen", "data-role": "announcer", "aria-live": "polite" });
  const caption = el("h2", { class: "caption", id: `owner-${chatId}` }, el("strong"), el("span"));
  const phone = el(
    "section",
    { class: "phone", "data-role": "phone", "data-chat": chatId },
    el("header", { class: "chat-head" }, profile, chatMenu),
    el("div", { class: "conversation" }, list, welcome, toast, newest),
    composer.root,
    composer.keys,
  );
  const root = el("article", { class: "station", "data-role": "station", "data-chat": chatId, "aria-labelledby": `owner-${chatId}` }, caption, phone, panels.root, announcer);

  let chat = null;
  let bot = null;
  let heard = null; // message id → text already on the screen
  let saying = null;
  let lastToast = 0;
  let atEnd = true;

  const to = (action, body) => attempt(order(`chats/${chatId}/${action}`, body));
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
  chatMenu.addEventListener("click", () =>
    openMenu(chatMenu, say("chatMenu"), [
      { role: "open-card", icon: "info", text: say("cardOpen", { name: bot.name }), act: () => showCard(bot, chat.lang) },
      { role: "clear-both", icon: "bin", text: say("clearBoth"), act: () => to("clear", { for_both: true }) },
      { role: "clear-mine", icon: "bin", text: say("clearMine"), act: () => to("clear", { for_both: false }) },
      chat.blocked
        ? { role: "menu-unblock", icon: "check", text: say("unblock"), act: () => to("unblock") }
        : { role: "block", icon: "block", text: say("block"), danger: true, act: () => to("block") },
    ]),
  );

  const open = () => chat.type === "private" && chat.chat_list.unread > 0 && to("read");
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
    const one = message(button);
    const { message_id } = one;
    const editable = one.from === "user" && (one.kind ?? "text") === "text";
    const copying = one.text && !one.protected ? [{ role: "copy-text", icon: "copy", text: say("copyText"), act: () => copy(one.text) }] : [];
    if (chat.type !== "private") return openMenu(button, say("actions"), copying);
    openMenu(button, say("actions"), [
      ...(editable ? [{ role: "edit", icon: "edit", text: say("edit"), act: () => composer.edit(one) }] : []),
      ...copying,
      { role: "delete-both", icon: "bin", danger: true, text: say("deleteBoth"), act: () => to("delete", { message_id, for_both: true }) },
      { role: "delete-mine", icon: "bin", text: say("deleteMine"), act: () => to("delete", { message_id, for_both: false }) },
    ]);
  }

  /** New and redrawn bot messages are read out; edits count, because screens here arrive by edit. */
  function announce() {
    const now = new Map(chat.messages.filter((one) => one.from === "bot").map((one) => [one.message_id, spoken(one)]));
    const fresh = heard ? [...now].filter(([id, text]) => heard.get(id) !== text) : [];
    heard = now;
    if (!fresh.length) return;
    clearTimeout(saying);
    const newestId = fresh.at(-1)[0];
    saying = setTimeout(() => setText(announcer, heard.get(newestId) ?? ""), SETTLE);
  }

  function spoken(one) {
    const labels = (one.inline_keyboard ?? []).flat().map((button) => button.text);
    const text = one.text || say(one.kind ?? "other");
    return labels.length ? `${text}\n${say("buttons", { list: labels.join(", ") })}` : text;
  }

  function showToast() {
    if ((chat.toast?.number ?? 0) === lastToast) return;
    const text = chat.toast?.text;
    if (heard && text) {
      setText(toast, text);
      setTimeout(() => toast.textContent === text && setText(toast, ""), TOAST);
    }
    lastToast = chat.toast?.number ?? 0;
  }

  function draw(nextChat, nextBot) {
    const grew = chat && nextChat.messages.at(-1)?.message_id !== chat.messages.at(-1)?.message_id;
    const mine = grew && nextChat.messages.at(-1)?.from === "user";
    chat = nextChat;
    bot = nextBot;
    setText(caption.firstElementChild, chat.title);
    setText(caption.lastElementChild, `${say(chat.persona) || chat.persona} · ${chat.lang}`);
    setAttribute(phone, "aria-label", say("phoneOf", { name: chat.title }));
    setAttribute(profile, "title", say("cardOpen", { name: bot.name }));
    const name = chat.chat_list.title || bot.name;
    setText(profile.querySelector(".avatar"), [...(name || "?")][0]);
    setText(profile.querySelector("strong"), name);
    setText(profile.querySelector("small"), say(chat.blocked ? "blockedHint" : chat.type === "private" ? "botHint" : "groupHint"));
    chatMenu.hidden = chat.type !== "private";
    drawMessages(list, chat.messages);
    welcome.hidden = chat.messages.length > 0 || chat.blocked || chat.type !== "private";
    setText(welcome.querySelector("p"), bot.description || say("noDescription"));
    showToast();
    announce();
    composer.draw(chat, bot);
    panels.draw(chat, bot);
    translate(root);
    if (atEnd || mine) toEnd();
  }

  return { root, draw, title: () => chat.title };
}

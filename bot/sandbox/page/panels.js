// Beside a phone: the lock screen, the row in the chat list, and the rows in the database.

import { el, icon, reconcile, setAttribute, setText } from "./dom.js";
import { glance, hourMinute, longDay, present } from "./time.js";
import { say } from "./words.js";

export function createPanels(hooks) {
  const lock = createLockScreen();
  const row = createChatRow();
  const holdings = createHoldings();
  const root = el("aside", { class: "side" }, lock.root, row.root, holdings.root);
  for (const { root: part } of [lock, row, holdings]) Object.entries(hooks).forEach(([name, value]) => part.setAttribute(name, value));
  const draw = (chat, name) => {
    setAttribute(root, "aria-label", say("besides", { name }));
    lock.draw(chat);
    row.draw(chat);
    holdings.draw(chat);
  };
  return { root, draw };
}

function panel(role, key, hintKey, ...body) {
  const heading = el("h3", { "data-t": key });
  return el("section", { class: `panel panel-${role}`, "data-role": role }, heading, el("p", { class: "hint", "data-t": hintKey }), ...body);
}

function createLockScreen() {
  const list = el("ol", { class: "notifications", "data-role": "notifications", tabindex: 0, "data-t-label": "lockScreen" });
  const empty = el("p", { class: "lock-empty", "data-t": "lockEmpty" });
  const clock = el("p", { class: "lock-clock", "data-role": "lock-clock" });
  const day = el("p", { class: "lock-day", "data-role": "lock-day" });
  const root = panel("lock-screen", "lockScreen", "lockHint", el("div", { class: "glass" }, clock, day, list, empty));
  const draw = ({ lock_screen }) => {
    const items = keyed(lock_screen).reverse(); // the newest is on top
    reconcile(list, items, ({ key }) => key, createNotification, drawNotification);
    list.hidden = items.length === 0;
    empty.hidden = items.length > 0;
  };
  return { root, draw };
}

/** Only the last ones are sent, so a place in the list is no key; the moment is, counted where two share it. */
function keyed(notifications) {
  const seen = new Map();
  return notifications.map((notification) => {
    const same = (seen.get(notification.at) ?? 0) + 1;
    seen.set(notification.at, same);
    return { ...notification, key: `${notification.at} ${same}` };
  });
}

const createNotification = () =>
  el("li", { class: "notification", "data-role": "notification" }, el("p", { class: "notification-head" }, el("strong"), el("span", { class: "mute" }, icon("mute"), el("span", { class: "offscreen" })), el("time")), el("p", { class: "notification-text" }));

function drawNotification(node, { at, title, preview, silent }) {
  setText(node.querySelector("strong"), title);
  node.querySelector(".mute").hidden = !silent;
  setText(node.querySelector(".mute span"), say("silent"));
  setAttribute(node.querySelector(".mute"), "title", say("silent"));
  setText(node.querySelector("time"), glance(new Date(at)));
  setText(node.lastElementChild, preview);
}

/** The lock screen's clock runs with the sandbox's. */
export function tick() {
  const now = present();
  for (const node of document.querySelectorAll("[data-role=lock-clock]")) setText(node, hourMinute(now));
  for (const node of document.querySelectorAll("[data-role=lock-day]")) setText(node, longDay(now));
}

function createChatRow() {
  const unread = el("span", { class: "unread" }, el("span", { "aria-hidden": "true" }), el("span", { class: "offscreen" }));
  const row = el("div", { class: "chat-row" }, el("span", { class: "avatar", "aria-hidden": "true" }), el("p", { class: "chat-row-title" }, el("strong"), el("time")), el("p", { class: "chat-row-preview" }, el("span"), unread));
  const empty = el("p", { class: "hint", "data-t": "chatRowEmpty" });
  const root = panel("chat-list", "chatRow", "chatRowHint", row, empty);
  const draw = ({ chat_list: line }) => {
    row.hidden = !line.at;
    empty.hidden = Boolean(line.at);
    if (!line.at) return;
    setText(row.querySelector(".avatar"), [...(line.title || "?")][0]);
    setText(row.querySelector("strong"), line.title);
    setText(row.querySelector("time"), glance(new Date(line.at)));
    setText(row.querySelector(".chat-row-preview span"), line.preview);
    unread.hidden = !line.unread;
    setText(unread.firstElementChild, String(line.unread));
    setText(unread.lastElementChild, say("unread", { number: line.unread }));
  };
  return { root, draw };
}

function createHoldings() {
  const body = el("tbody");
  const table = el("table", { class: "holdings-table" }, el("thead", {}, el("tr", {}, el("th", { scope: "col", "data-t": "table" }), el("th", { scope: "col", "data-t": "rows" }))), body);
  const looked = el("p", { class: "hint looked" });
  const nothing = el("div", { class: "nothing", "data-role": "nothing" }, icon("shield"), el("p", {}, el("strong", { "data-t": "nothing" }), el("span", { "data-t": "nothingHint" })));
  const blind = el("p", { class: "hint", "data-t": "noInspect" });
  const root = panel("holdings", "holdings", "holdingsHint", nothing, table, looked, blind);
  const draw = ({ holdings, type }) => {
    const group = type !== "private";
    const rows = Object.entries(holdings ?? {});
    const held = rows.filter(([, count]) => count > 0);
    const empty = rows.filter(([, count]) => count === 0).map(([name]) => name);
    root.dataset.state = group ? "group" : holdings ? (held.length ? "held" : "nothing") : "unknown";
    blind.dataset.t = group ? "groupHoldings" : "noInspect";
    blind.hidden = Boolean(holdings);
    nothing.hidden = !holdings || held.length > 0;
    table.hidden = held.length === 0;
    looked.hidden = empty.length === 0;
    setText(looked, say("looked", { list: empty.join(", ") }));
    reconcile(body, held, ([name]) => name, createHolding, drawHolding);
  };
  return { root, draw };
}

const createHolding = ([name]) => el("tr", { "data-table": name }, el("th", { scope: "row" }, el("code", {}, name), el("small")), el("td"));

function drawHolding(node, [name, count]) {
  setText(node.querySelector("small"), say(`t_${name}`));
  setText(node.querySelector("td"), String(count));
}

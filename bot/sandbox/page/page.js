// The sandbox page: every state of the server becomes phones, panels and controls.
//
// Hooks for browser tests: [data-role=station|phone][data-chat="ID"], inside a phone [data-role=messages] with
// [data-message="ID"], [data-role=inline-keyboard] button, [data-role=composer], [data-role=input], [data-role=send],
// [data-role=attach], [data-role=chat-menu], [data-role=reply-keyboard]; beside it, with the same data-chat,
// [data-role=lock-screen], [data-role=chat-list] and [data-role=holdings][data-state=held|nothing|unknown];
// for all phones [data-role=controls], [data-role=calls], [data-role=tabs].

import * as controls from "./controls.js";
import { askNewcomer } from "./dialogs.js";
import { el, reconcile, setAttribute, setText } from "./dom.js";
import * as panels from "./panels.js";
import { createStation } from "./phone.js";
import { watch } from "./server.js";
import { follow } from "./time.js";
import { chooseLanguage, language, say, speak } from "./words.js";

const stage = document.getElementById("stations");
const switcher = document.querySelector("[data-role=phone-switch]");
const waiting = document.querySelector("[data-role=waiting]");
const connection = document.querySelector("[data-role=connection]");
const stations = new Map(); // chat id → station
const drawControls = controls.createControls(document.querySelector("[data-role=controls]"));
let state = null;
let active = null; // the chat shown in the narrow layout
let expecting = false; // a phone was asked for and is shown as soon as it exists
let link = "offline";

function draw() {
  drawLink();
  drawTabs();
  if (!state) return;
  follow(state.now);
  const newcomer = expecting && state.chats.findLast((chat) => !stations.has(chat.id));
  if (newcomer) [active, expecting] = [newcomer.id, false];
  if (!state.chats.some((chat) => chat.id === active)) active = state.chats[0]?.id ?? null;
  reconcile(stage, state.chats, (chat) => chat.id, station, (node, chat) => {
    node.classList.toggle("active", chat.id === active);
    stations.get(chat.id).draw(chat, state.bot);
  });
  for (const id of stations.keys()) if (!state.chats.some((chat) => chat.id === id)) stations.delete(id);
  reconcile(switcher, state.chats, (chat) => chat.id, chip, (node, chat) => {
    setText(node, chat.title);
    setAttribute(node, "aria-pressed", String(chat.id === active));
  });
  if (newcomer) stage.lastElementChild.scrollIntoView({ block: "nearest" });
  waiting.hidden = state.chats.length > 0;
  waiting.firstElementChild.dataset.t = "noPhones";
  setText(waiting.firstElementChild, say("noPhones"));
  drawControls(state);
  tick();
}

function station(chat) {
  const made = createStation(chat.id);
  stations.set(chat.id, made);
  return made.root;
}

function chip(chat) {
  const button = el("button", { type: "button", class: "chip", "data-show": chat.id });
  button.addEventListener("click", () => {
    active = chat.id;
    draw();
    button.scrollIntoView({ block: "nearest", inline: "nearest" });
  });
  return button;
}

function drawLink() {
  connection.dataset.link = link;
  setText(connection, say(link));
  connection.title = say(`link${link[0].toUpperCase()}${link.slice(1)}`);
  for (const button of document.querySelectorAll(".langs button")) setAttribute(button, "aria-pressed", String(button.dataset.lang === language()));
}

function drawTabs() {
  for (const button of document.querySelectorAll("[data-role=tabs] button")) {
    setAttribute(button, "aria-pressed", String(button.dataset.view === document.body.dataset.view));
  }
}

function tick() {
  if (!state) return;
  panels.tick();
  controls.tick();
}

for (const button of document.querySelectorAll("[data-role=tabs] button")) {
  button.addEventListener("click", () => {
    document.body.dataset.view = button.dataset.view;
    drawTabs();
  });
}
for (const button of document.querySelectorAll(".langs button")) {
  button.addEventListener("click", () => {
    const kept = new URLSearchParams(location.hash.slice(1));
    kept.set("lang", button.dataset.lang);
    location.hash = kept; // the listener below carries it out
  });
}
document.getElementById("add-phone").addEventListener("click", () => askNewcomer(state?.chats.length ?? 0, () => (expecting = true)));
document.querySelector(".skip").addEventListener("click", (event) => {
  event.preventDefault(); // the address keeps the language
  stage.focus();
});
addEventListener("hashchange", () => {
  speak(chooseLanguage());
  draw();
});
setInterval(tick, 1000);

speak(chooseLanguage());
draw();
watch(
  (next) => {
    state = { ...next, chats: next.chats.filter((chat) => chat.type === "private") };
    draw();
  },
  (next) => {
    link = next;
    drawLink();
  },
);

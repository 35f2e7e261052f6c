// The sandbox page: every state of the server becomes phones, panels and controls.
//
// Hooks for browser tests: [data-role=station|phone][data-chat="ID"][data-person="ID"] (a group stands on the phone of
// every member, with the same data-chat), inside a phone [data-role=messages] with
// [data-message="ID"], [data-role=inline-keyboard] button, [data-role=composer], [data-role=input], [data-role=send],
// [data-role=attach], [data-role=chat-menu], [data-role=reply-keyboard]; beside it, with the same data-chat,
// [data-role=lock-screen], [data-role=chat-list] and [data-role=holdings][data-state=held|nothing|unknown];
// for all phones [data-role=controls], [data-role=calls], [data-role=tabs].

import * as controls from "./controls.js";
import { askGroup, askNewcomer } from "./dialogs.js";
import { el, reconcile, setAttribute, setText } from "./dom.js";
import { openMenu } from "./menu.js";
import * as panels from "./panels.js";
import { createStation } from "./phone.js";
import { watch } from "./server.js";
import { follow } from "./time.js";
import { leaders, views } from "./views.js";
import { chooseLanguage, language, say, speak } from "./words.js";

const stage = document.getElementById("stations");
const switcher = document.querySelector("[data-role=phone-switch]");
const waiting = document.querySelector("[data-role=waiting]");
const connection = document.querySelector("[data-role=connection]");
const panelsButton = document.getElementById("panels");
const narrow = matchMedia("(max-width: 719px)");
const MANY = 2; // phones beside each other with their panels; with more of them the panels are folded until asked for
const stations = new Map(); // key of a view → station
const away = new Set(); // keys of the views that the wide layout does not show
const drawControls = controls.createControls(document.querySelector("[data-role=controls]"));
let state = null;
let active = null; // the view the narrow layout shows
let expecting = false; // a phone was asked for and is shown as soon as it exists
let withPanels = null; // what the person chose; null while they did not
let link = "offline";

function draw() {
  drawLink();
  drawTabs();
  if (!state) return;
  follow(state.now);
  const all = views(state);
  const newcomer = expecting && all.findLast(({ key }) => !stations.has(key));
  if (newcomer) [active, expecting] = [newcomer.key, false];
  if (!all.some(({ key }) => key === active)) active = all[0]?.key ?? null;
  const shown = all.filter(({ key }) => (narrow.matches ? key === active : !away.has(key)));
  const aloud = leaders(shown);
  reconcile(stage, all, ({ key }) => key, station, (node, view) => {
    node.classList.toggle("active", view.key === active);
    node.classList.toggle("away", away.has(view.key));
    stations.get(view.key).draw(view, state.bot, aloud.has(view.key));
  });
  for (const key of stations.keys()) if (!all.some((view) => view.key === key)) stations.delete(key);
  reconcile(switcher, all, ({ key }) => key, chip, (node, { key, name }) => {
    setText(node, name);
    setAttribute(node, "aria-pressed", String(narrow.matches ? key === active : !away.has(key)));
  });
  switcher.classList.toggle("single", all.length < 2);
  drawPanels(shown.length);
  if (newcomer) document.querySelector(`.station[data-key="${newcomer.key}"]`).scrollIntoView({ block: "nearest" });
  waiting.hidden = all.length > 0;
  waiting.firstElementChild.dataset.t = "noPhones";
  setText(waiting.firstElementChild, say("noPhones"));
  drawControls(state);
  tick();
}

function station(view) {
  const made = createStation(view);
  stations.set(view.key, made);
  return made.root;
}

/** In the narrow layout one phone is chosen; in the wide one each is shown or put away. */
function chip({ key }) {
  const button = el("button", { type: "button", class: "chip", "data-show": key });
  button.addEventListener("click", () => {
    if (narrow.matches) active = key;
    else if (!away.delete(key)) away.add(key);
    draw();
    button.scrollIntoView({ block: "nearest", inline: "nearest" });
  });
  return button;
}

function drawPanels(phones) {
  const on = withPanels ?? phones <= MANY;
  document.body.dataset.panels = on ? "on" : "off";
  setAttribute(panelsButton, "aria-pressed", String(on));
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
const add = document.getElementById("add");
const expect = () => (expecting = true);
add.addEventListener("click", () => {
  if (!state) return;
  openMenu(add, say("addMenu"), [
    { role: "add-phone", icon: "contact", text: say("addPhone"), act: () => askNewcomer(state, expect) },
    { role: "add-group", icon: "group", text: say("addGroup"), act: () => askGroup(state, expect) },
  ]);
});
panelsButton.addEventListener("click", () => {
  withPanels = document.body.dataset.panels !== "on";
  draw();
});
narrow.addEventListener("change", draw);
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
    state = next;
    draw();
  },
  (next) => {
    link = next;
    drawLink();
  },
);

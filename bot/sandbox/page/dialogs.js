// The page's dialogs: share a location, leave for a link, add a phone or a group, the bot's card.

import { el, setText } from "./dom.js";
import { attempt } from "./notices.js";
import { safeAddress } from "./safe-html.js";
import { order } from "./server.js";
import { language, say } from "./words.js";

const PLACES = [
  ["kyiv", 50.4501, 30.5234],
  ["zhytomyr", 50.2547, 28.6587],
  ["kremenchuk", 49.0670, 33.4204],
  ["kharkiv", 49.9935, 36.2304],
  ["lviv", 49.8397, 24.0297],
  ["trostianets", 50.4833, 34.9667],
];
const dialog = (id) => document.getElementById(id);
const part = (root, role) => root.querySelector(`[data-role=${role}]`);

for (const box of document.querySelectorAll("dialog")) {
  box.addEventListener("click", (event) => {
    if (event.target === box || event.target.closest("[data-close]")) box.close();
  });
}

// Location -----------------------------------------------------------------------------------------------------------
const locationBox = dialog("location");
let sendLocation = () => {};

export function askLocation(send) {
  sendLocation = send;
  setText(part(locationBox, "problem"), "");
  part(locationBox, "places").replaceChildren(...PLACES.map(placeButton));
  locationBox.showModal();
}

function placeButton([key, lat, lon]) {
  const button = el("button", { type: "button", "data-place": key }, el("span", {}, say(key)), el("small", {}, `${lat}, ${lon}`));
  button.addEventListener("click", () => finishLocation(lat, lon));
  return button;
}

function finishLocation(lat, lon) {
  locationBox.close();
  sendLocation({ lat, lon });
}

locationBox.querySelector("form").addEventListener("submit", (event) => {
  event.preventDefault();
  const [lat, lon] = ["lat", "lon"].map((name) => Number.parseFloat(event.target[name].value.replace(",", ".")));
  if (Math.abs(lat) <= 90 && Math.abs(lon) <= 180) finishLocation(lat, lon);
  else setText(part(locationBox, "problem"), say("badCoordinates"));
});

// Leaving ------------------------------------------------------------------------------------------------------------
const leaveBox = dialog("leave");

/** Nothing outside is opened before the person has seen where it leads. */
export function askToLeave(text) {
  const address = safeAddress(text);
  setText(part(leaveBox, "host"), address?.host || address?.protocol || "?");
  setText(part(leaveBox, "address"), text);
  const go = part(leaveBox, "go");
  go.hidden = !address;
  if (address) go.href = address.href;
  leaveBox.showModal();
}

part(leaveBox, "go").addEventListener("click", () => leaveBox.close());

// A new phone, a new group -------------------------------------------------------------------------------------------
const newcomerBox = dialog("newcomer");
const groupBox = dialog("new-group");
const groupsOf = (state) => state.chats.filter((chat) => chat.type !== "private" && !chat.moved_to);
const peopleOf = (state) => state.chats.filter((chat) => chat.type === "private");
let expect = () => {}; // tells the page that something is to be shown as soon as it exists

export function askNewcomer(state, expecting) {
  const { name, lang, persona, group } = newcomerBox.querySelector("form").elements;
  const groups = groupsOf(state);
  expect = expecting;
  name.value = say("sampleName", { number: peopleOf(state).length + 1 });
  lang.value = language();
  group.replaceChildren(el("option", { value: "" }, say("noGroup")), ...groups.map(({ id, title }) => el("option", { value: id }, title)));
  const offer = () => {
    const joins = persona.value === "operator" && groups.length > 0;
    part(newcomerBox, "joins").hidden = !joins;
    group.value = joins ? String(groups[0].id) : "";
  };
  persona.onchange = offer;
  offer();
  newcomerBox.showModal();
  name.select();
}

newcomerBox.querySelector("form").addEventListener("submit", async (event) => {
  event.preventDefault();
  const { name, persona, lang, group } = Object.fromEntries(new FormData(event.target));
  expect();
  if (await attempt(order("chats", { name, persona, lang, groups: group ? [Number(group)] : [] }))) newcomerBox.close();
});

export function askGroup(state, expecting) {
  const { title } = groupBox.querySelector("form").elements;
  expect = expecting;
  title.value = say("sampleGroup", { number: groupsOf(state).length + 1 });
  part(groupBox, "members").replaceChildren(...peopleOf(state).map(memberRow));
  groupBox.showModal();
  title.select();
}

const memberRow = ({ id, title, persona }) =>
  el("label", { class: "switch-row" }, el("input", { type: "checkbox", name: "members", value: id, checked: persona === "operator" }), el("span", {}, title));

groupBox.querySelector("form").addEventListener("submit", async (event) => {
  event.preventDefault();
  const asked = new FormData(event.target);
  const members = asked.getAll("members").map(Number);
  expect();
  if (await attempt(order("groups", { title: asked.get("title"), kind: asked.get("kind"), admin: asked.has("admin"), members }))) groupBox.close();
});

// The bot's card -----------------------------------------------------------------------------------------------------
const cardBox = dialog("card");

export function showCard(bot, lang) {
  setText(cardBox.querySelector("h2"), bot.name);
  setText(part(cardBox, "username"), `@${bot.username}`);
  setText(part(cardBox, "short"), bot.short_description || say("none"));
  setText(part(cardBox, "long"), bot.description || say("none"));
  const list = commandsFor(bot, lang).map(({ command, description }) => el("li", {}, el("code", {}, `/${command}`), ` ${description}`));
  part(cardBox, "commands").replaceChildren(...(list.length ? list : [el("li", {}, say("none"))]));
  cardBox.showModal();
}

/** Telegram shows the commands of the phone's language, or those set for no language. */
export const commandsFor = (bot, lang) => bot.commands?.[lang] ?? bot.commands?.[""] ?? [];

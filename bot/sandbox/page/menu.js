// One popover menu for messages, attachments, commands and the chat: arrow keys, Escape, focus back where it was.

import { el, icon } from "./dom.js";

const menu = document.getElementById("menu");
const GAP = 6; // CSS pixels to the opener and to the edge of the window
let opener = null;

/** `entries`: [{role, icon, text, hint, danger, act}]. */
export function openMenu(anchor, label, entries) {
  if (anchor === opener && menu.matches(":popover-open")) return menu.hidePopover();
  opener?.setAttribute("aria-expanded", "false");
  menu.replaceChildren(...entries.map(entryButton));
  menu.setAttribute("aria-label", label);
  if (menu.matches(":popover-open")) menu.hidePopover();
  opener = anchor;
  menu.showPopover();
  place(anchor);
  anchor.setAttribute("aria-expanded", "true");
  menu.querySelector("button")?.focus();
}

function entryButton(entry) {
  const button = el(
    "button",
    { type: "button", role: "menuitem", tabindex: "-1", "data-role": entry.role, class: entry.danger ? "danger" : null },
    entry.icon ? icon(entry.icon) : null,
    el("span", {}, entry.text, entry.hint ? el("small", {}, entry.hint) : null),
  );
  button.addEventListener("click", () => {
    menu.hidePopover();
    opener?.isConnected && opener.focus({ preventScroll: true });
    entry.act();
  });
  return button;
}

function place(anchor) {
  const at = anchor.getBoundingClientRect();
  const { offsetWidth: width, offsetHeight: height } = menu;
  const below = at.bottom + GAP + height <= innerHeight - GAP;
  const top = below ? at.bottom + GAP : at.top - GAP - height;
  const left = at.left + width <= innerWidth - GAP ? at.left : at.right - width;
  menu.style.top = `${Math.max(GAP, Math.min(top, innerHeight - height - GAP))}px`;
  menu.style.left = `${Math.max(GAP, Math.min(left, innerWidth - width - GAP))}px`;
}

menu.addEventListener("keydown", (event) => {
  const buttons = [...menu.querySelectorAll("button")];
  const at = buttons.indexOf(document.activeElement);
  const next = { ArrowDown: at + 1, ArrowUp: at - 1, Home: 0, End: -1 }[event.key];
  if (event.key === "Tab") menu.hidePopover();
  if (next === undefined) return;
  event.preventDefault();
  buttons.at(next % buttons.length).focus();
});

menu.addEventListener("toggle", (event) => {
  if (event.newState === "closed") opener?.setAttribute("aria-expanded", "false");
});
addEventListener("resize", () => menu.matches(":popover-open") && menu.hidePopover());

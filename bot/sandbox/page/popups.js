// What the answer to a tap brings to the phone that tapped: a line that fades, or an alert that waits to be closed.

import { el, setText } from "./dom.js";

const SHOWN = 5000; // milliseconds a line stays

export function createPopups(backTo) {
  const line = el("p", { class: "toast", "data-role": "toast", role: "status" });
  const words = el("p", { "data-role": "alert-text" });
  const done = el("button", { type: "button", class: "strong", "data-role": "alert-close", "data-t": "understood" });
  const card = el("div", { class: "alert-card", role: "alertdialog", "aria-modal": "false", "data-t-label": "alert", tabindex: "-1" }, words, done);
  const alert = el("div", { class: "alert", "data-role": "alert", hidden: true }, card);
  let last = null;

  function close() {
    const held = alert.contains(document.activeElement);
    alert.hidden = true;
    if (held) backTo().focus({ preventScroll: true });
  }
  done.addEventListener("click", close);
  alert.addEventListener("keydown", (event) => event.key === "Escape" && close());

  /** `theirs`: the person has this phone in hand, so the alert may take the focus. */
  function draw(toast, theirs) {
    const number = toast?.number ?? 0;
    const fresh = last !== null && number !== last && toast;
    last = number;
    if (!toast) alert.hidden = true;
    if (!fresh) return;
    if (!toast.alert) {
      setText(line, toast.text);
      setTimeout(() => last === number && setText(line, ""), SHOWN);
      return;
    }
    setText(words, toast.text);
    alert.hidden = false;
    if (theirs) done.focus({ preventScroll: true });
  }

  return { line, alert, draw };
}

// The sandbox's own controls: clock, faults, limits, delivery, and the bot's last calls.

import { el, icon, reconcile, setAttribute, setText } from "./dom.js";
import { attempt, notice } from "./notices.js";
import { callsSince, order } from "./server.js";
import { hourMinute, present, shortDay, span } from "./time.js";
import { say, translate } from "./words.js";

const STEPS = [["plusMinute", 60], ["plusBreak", 35 * 60], ["plusHours", 3 * 3600], ["plusDays", 48 * 3600]];
const SLIDERS = [["rate_429", 1, 0.05], ["rate_5xx", 1, 0.05], ["rate_drop", 1, 0.05], ["delay", 10, 0.5]];
const SHOWN_CALLS = 60;
const FIRST_LOOK = 300; // calls before now that are asked for when the page opens

export function createControls(root) {
  const parts = [createClock(), createFaults(), createDelivery(), createCalls(), createMore()];
  root.append(...parts.map((part) => part.root));
  return (state) => {
    for (const part of parts) part.draw(state);
    translate(root);
  };
}

/** A control that is a drop-down in the wide layout and simply open in the narrow one. */
function fold(role, key, summary, ...body) {
  const opener = el("button", { type: "button", class: "quiet fold-opener", "aria-expanded": "false", "aria-controls": `fold-${role}` }, el("span", { "data-t": key }), summary, icon("down"));
  const inside = el("div", { class: "fold-body", id: `fold-${role}` }, ...body);
  const root = el("section", { class: `control control-${role}`, "data-role": role, "data-t-label": key }, el("h2", { class: "control-title", "data-t": key }), opener, inside);
  const open = (wanted) => opener.setAttribute("aria-expanded", String(wanted));
  opener.addEventListener("click", () => open(opener.getAttribute("aria-expanded") !== "true"));
  root.addEventListener("keydown", (event) => {
    if (event.key !== "Escape" || opener.getAttribute("aria-expanded") !== "true") return;
    open(false);
    opener.focus();
  });
  document.addEventListener("pointerdown", (event) => root.contains(event.target) || open(false));
  return root;
}

function createClock() {
  const face = el("p", { class: "clock-face", "data-role": "clock-now" }, el("span", { class: "offscreen" }), el("strong"), el("span", { class: "clock-day" }), el("small"));
  const steps = STEPS.map(([key, seconds]) => {
    const button = el("button", { type: "button", class: "quiet", "data-advance": seconds, "data-t": key });
    button.addEventListener("click", () => attempt(order("clock", { advance: seconds })));
    return button;
  });
  const root = el("section", { class: "control control-clock", "data-role": "clock", "data-t-label": "clock" }, el("h2", { class: "control-title", "data-t": "clock" }), face, el("div", { class: "steps" }, ...steps));
  const draw = ({ clock_offset }) => {
    setText(face.firstElementChild, `${say("clockNow")}: `);
    setText(face.lastElementChild, clock_offset ? say("clockAhead", { span: span(clock_offset) }) : "");
    for (const button of steps) setAttribute(button, "aria-label", say("advance", { step: say(button.dataset.t) }));
  };
  return { root, draw };
}

export function tick() {
  const face = document.querySelector("[data-role=clock-now]");
  if (!face) return;
  setText(face.querySelector("strong"), hourMinute(present()));
  setText(face.querySelector(".clock-day"), shortDay(present()));
}

function createFaults() {
  const summary = el("span", { class: "fold-summary" });
  const rows = SLIDERS.map(([name, max, step]) => {
    const input = el("input", { type: "range", name, min: 0, max, step, value: 0 });
    const shown = el("output");
    input.addEventListener("input", () => setText(shown, amount(name, input.value)));
    input.addEventListener("change", send);
    return { name, input, shown, row: el("label", { class: "slider" }, el("span", { "data-t": name }), shown, input) };
  });
  const clear = el("button", { type: "button", class: "quiet", "data-role": "faults-clear", "data-t": "faultsClear" });
  const box = el("input", { type: "checkbox", "data-role": "limits" });
  box.addEventListener("change", () => attempt(order("limits", { enforced: box.checked })));
  const limits = el("label", { class: "switch-row" }, box, el("span", { "data-t": "limits" }));
  const root = fold("faults", "faults", summary, ...rows.map(({ row }) => row), clear, limits);
  let faults = {};

  function send() {
    const wanted = { ...faults };
    for (const { name, input } of rows) wanted[name] = name === "delay" ? [Number(input.value), Number(input.value)] : Number(input.value);
    attempt(order("faults", wanted));
  }
  clear.addEventListener("click", () => {
    for (const { input } of rows) input.value = 0;
    send();
  });
  const draw = (state) => {
    faults = state.faults;
    box.checked = state.limits.enforced;
    let on = false;
    for (const { name, input, shown } of rows) {
      const value = name === "delay" ? Math.max(...faults.delay) : faults[name];
      on ||= value > 0;
      if (input.matches(":active")) continue; // do not pull a slider out of the hand
      input.value = value;
      setText(shown, amount(name, value));
      setAttribute(input, "aria-valuetext", amount(name, value));
    }
    setText(summary, say(on ? "faultsOn" : "faultsOff"));
    root.classList.toggle("alarm", on);
  };
  return { root, draw };
}

const amount = (name, value) => (name === "delay" ? say("seconds", { number: Number(value) }) : `${Math.round(value * 100)} %`);

function createDelivery() {
  const mode = el("p", { class: "delivery", "data-role": "delivery" }, el("span", { class: "delivery-title", "data-t": "delivery" }), el("strong"), el("span", { class: "pending" }));
  const root = el("section", { class: "control control-delivery", "data-t-label": "delivery" }, mode);
  const draw = ({ delivery }) => {
    setText(mode.querySelector("strong"), say(`mode_${delivery.mode}`));
    mode.dataset.mode = delivery.mode;
    setText(mode.lastElementChild, delivery.pending ? say("pending", { number: delivery.pending }) : "");
    mode.title = delivery.url ?? "";
  };
  return { root, draw };
}

function createCalls() {
  const summary = el("span", { class: "fold-summary" });
  const list = el("ol", { class: "calls", "data-role": "calls", tabindex: 0, "data-t-label": "calls" });
  const empty = el("p", { class: "hint", "data-t": "callsNone" });
  const root = fold("bot-calls", "calls", summary, empty, list);
  let known = new Map(); // call number → call, oldest first
  let asking = false;
  let again = false;
  let total = 0;

  async function fetchNew() {
    again = asking;
    if (asking) return;
    asking = true;
    try {
      for (const call of await callsSince(since())) if (!isIdle(call)) known.set(call.number, call);
      known = new Map([...known].sort(([one], [other]) => one - other).slice(-SHOWN_CALLS));
      show();
    } catch {
      // the connection mark on top already tells that the server is away
    }
    asking = false;
    if (again) fetchNew();
  }

  /** Before the oldest call still under way, so that its outcome is heard of. */
  function since() {
    const waiting = [...known.values()].find((call) => call.ok === null);
    return waiting ? waiting.number - 1 : ([...known.keys()].at(-1) ?? Math.max(0, total - FIRST_LOOK));
  }

  function show() {
    const calls = [...known.values()].reverse();
    reconcile(list, calls, (call) => call.number, createCall, drawCall);
    empty.hidden = calls.length > 0;
    list.hidden = calls.length === 0;
  }

  const draw = ({ calls }) => {
    if (calls.total < total) known = new Map(); // the sandbox was started over
    const errors = Object.values(calls.errors).reduce((sum, count) => sum + count, 0);
    const number = calls.total - (calls.by_method.getUpdates ?? 0);
    setText(summary, errors ? `${number} · ${say("errorCount", { number: errors })}` : String(number));
    const waiting = [...known.values()].some((call) => call.ok === null);
    if (calls.total !== total || waiting) fetchNew();
    total = calls.total;
    show();
  };
  return { root, draw };
}

/** Asking for updates is breathing: only a breath that failed is worth a line. */
const isIdle = ({ method, ok }) => method === "getUpdates" && ok !== false;

const createCall = ({ number }) => el("li", { class: "call", "data-call": number }, el("time"), el("code"), el("span", { class: "call-chat" }), el("strong"), el("small"));

function drawCall(node, { method, at, ok, error_code, description, chat_id }) {
  const [time, name, chat, outcome, why] = node.children;
  setText(time, hourMinute(new Date(at)));
  setText(name, method);
  setText(chat, chat_id ?? "");
  setText(outcome, ok === false ? `${say("failed")} ${error_code ?? ""}`.trim() : ok ? say("ok") : "…");
  setText(why, ok === false ? (description ?? "") : "");
  node.classList.toggle("bad", ok === false);
}

function createMore() {
  const text = el("textarea", { rows: 5, spellcheck: "false", "data-role": "raw-update", "data-t-label": "rawUpdate" });
  text.value = '{"message": {}}';
  const push = el("button", { type: "button", class: "quiet", "data-role": "push", "data-t": "push" });
  const reset = el("button", { type: "button", class: "quiet danger", "data-role": "reset", "data-t": "reset" });
  push.addEventListener("click", () => {
    let update;
    try {
      update = JSON.parse(text.value);
    } catch {
      return notice(say("badJson"), "bad");
    }
    attempt(order("push", update));
  });
  reset.addEventListener("click", () => attempt(order("reset")));
  const root = fold("more", "more", null, el("label", { class: "raw" }, el("span", { "data-t": "rawUpdate" }), text), el("div", { class: "choices" }, reset, push));
  return { root, draw: () => {} };
}

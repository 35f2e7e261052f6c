// Short feedback ("Copied", "It did not work: …") in one polite status region.

import { el } from "./dom.js";
import { say } from "./words.js";

const SHOWN = 4000; // milliseconds
const region = document.querySelector("[data-role=notices]");

export function notice(text, tone = "plain") {
  const node = el("p", { class: `notice ${tone}`, "data-role": "notice" }, text);
  region.replaceChildren(node);
  setTimeout(() => node.remove(), SHOWN);
}

/** Run an order to the server and tell the person when it was refused. */
export async function attempt(promise) {
  try {
    await promise;
    return true;
  } catch (error) {
    notice(say("refused", { reason: error.message }), "bad");
    return false;
  }
}

export async function copy(text) {
  const done = await intoClipboard(text);
  notice(say(done ? "copied" : "copyFailed"), done ? "good" : "bad");
  return done;
}

async function intoClipboard(text) {
  try {
    await navigator.clipboard.writeText(text);
    return true;
  } catch {
    return bySelection(text); // no permission, or a page that is not served from a secure origin
  }
}

function bySelection(text) {
  const before = document.activeElement;
  const field = el("textarea", { class: "offscreen", "aria-hidden": "true", tabindex: "-1" });
  field.value = text;
  document.body.append(field);
  field.select();
  const done = document.execCommand("copy");
  field.remove();
  before?.focus({ preventScroll: true });
  return done;
}

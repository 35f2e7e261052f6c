// A message's formatting, built tag by tag from an allow-list. The text is never given to the browser's HTML
// parser: a tokenizer reads it and unknown tags vanish, so the worst a hostile text can do is look plain.

import { say } from "./words.js";

const PLAIN = new Set(["b", "strong", "i", "em", "u", "ins", "s", "strike", "del", "code", "pre", "blockquote", "br"]);
const TOKEN = /<(\/?)([a-z][a-z0-9-]*)((?:\s+[a-z-]+(?:\s*=\s*(?:"[^"]*"|'[^']*'))?)*)\s*\/?>|&(#x[0-9a-f]{1,6}|#\d{1,7}|[a-z]+);|[^<&]+|[<&]/gi;
const NAMED = { lt: "<", gt: ">", amp: "&", quot: '"', apos: "'", nbsp: "\u00a0" };
const SCHEMES = new Set(["http:", "https:", "tg:", "tel:", "mailto:"]);

export function formatted(html) {
  const root = document.createDocumentFragment();
  const open = [{ tag: "", node: root }];
  for (const [whole, slash, name, attributes, reference] of String(html).matchAll(TOKEN)) {
    const top = open[open.length - 1].node;
    if (reference) top.append(character(reference) ?? whole);
    else if (!name) top.append(afterBlock(top) ? whole.replace(/^\n/, "") : whole);
    else if (slash) close(open, name.toLowerCase());
    else start(open, name.toLowerCase(), attributes);
  }
  return root;
}

/** The end of a quote ends its line, so the line break that follows is not one more. */
const afterBlock = (node) => /^(BLOCKQUOTE|PRE)$/.test(node.lastChild?.nodeName ?? "");

/** An address that may be offered to the person, or null. */
export function safeAddress(text) {
  try {
    const address = new URL(text);
    return SCHEMES.has(address.protocol) ? address : null;
  } catch {
    return null;
  }
}

function start(open, tag, attributes) {
  const node = element(tag, attributes);
  if (!node) return;
  open[open.length - 1].node.append(node);
  if (tag !== "br") open.push({ tag, node });
}

function close(open, tag) {
  const at = open.findLastIndex((entry) => entry.tag === tag);
  if (at > 0) open.length = at;
}

function element(tag, attributes) {
  if (PLAIN.has(tag)) return document.createElement(tag);
  if (tag === "a") return link(value(attributes, "href"));
  if (tag === "tg-spoiler" || (tag === "span" && /spoiler/.test(value(attributes, "class")))) return spoiler();
  return null;
}

function link(href) {
  const address = safeAddress(href);
  if (!address) return null;
  const node = document.createElement("a");
  node.href = address.href;
  node.rel = "noopener noreferrer";
  return node;
}

function spoiler() {
  const node = document.createElement("span");
  node.className = "spoiler";
  node.tabIndex = 0;
  node.setAttribute("role", "button");
  node.setAttribute("aria-label", say("spoiler"));
  return node;
}

function value(attributes, name) {
  const found = new RegExp(`\\s${name}\\s*=\\s*(?:"([^"]*)"|'([^']*)')`, "i").exec(attributes);
  const raw = found ? (found[1] ?? found[2]) : "";
  return raw.replace(/&(#x[0-9a-f]{1,6}|#\d{1,7}|[a-z]+);/gi, (whole, reference) => character(reference) ?? whole);
}

function character(reference) {
  if (!reference.startsWith("#")) return NAMED[reference.toLowerCase()] ?? null;
  const hex = /^#x/i.test(reference);
  const code = Number.parseInt(reference.slice(hex ? 2 : 1), hex ? 16 : 10);
  return code > 0 && code <= 0x10ffff ? String.fromCodePoint(code) : null;
}

// Building and patching elements. Nothing here, or anywhere on the page, parses HTML.

const SVG = "http://www.w3.org/2000/svg";

export function el(tag, attributes = {}, ...children) {
  const node = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) {
    if (value === null || value === undefined || value === false) continue;
    node.setAttribute(name, value === true ? "" : String(value));
  }
  node.append(...children.filter((child) => child !== null && child !== undefined));
  return node;
}

export function icon(name) {
  const svg = document.createElementNS(SVG, "svg");
  svg.setAttribute("class", "icon");
  svg.setAttribute("aria-hidden", "true");
  const use = document.createElementNS(SVG, "use");
  use.setAttribute("href", `#i-${name}`);
  svg.append(use);
  return svg;
}

/** A round button that shows only an icon; `key` names it in both languages. */
export const iconButton = (name, key, attributes = {}) =>
  el("button", { type: "button", class: "round", "data-t-label": key, ...attributes }, icon(name));

/** Write only when it differs, so that a selection or a screen reader's place is not disturbed. */
export function setText(node, text) {
  if (node.textContent !== text) node.textContent = text;
}

export function setAttribute(node, name, value) {
  if (value === null) node.removeAttribute(name);
  else if (node.getAttribute(name) !== value) node.setAttribute(name, value);
}

/** Bring the children of `parent` in line with `items`, keeping the element of every key that stays. */
export function reconcile(parent, items, keyOf, create, update) {
  const present = new Map([...parent.children].map((node) => [node.dataset.key, node]));
  const wanted = new Set(items.map((item) => String(keyOf(item))));
  // First what goes, so that what stays need not be moved: a moved element loses its focus.
  for (const [key, node] of present) if (!wanted.has(key)) node.remove();
  let place = parent.firstElementChild;
  for (const item of items) {
    const key = String(keyOf(item));
    let node = present.get(key);
    if (!node) {
      node = create(item);
      node.dataset.key = key;
    }
    update(node, item);
    if (node === place) place = place.nextElementSibling;
    else parent.insertBefore(node, place);
  }
}

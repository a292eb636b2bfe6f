import { element } from "./dom.js";

const ROW = 30;
/** Rows drawn above and below those that can be seen. */
const SPARE = 12;

/**
 * One row of a virtual list. Of a heading only the text counts.
 * @typedef {{key: string, heading: string | null, version: string, fill(row: HTMLElement): void}} Item
 */

/**
 * A list box of any length: only the rows near those that can be seen are in the document. Arrow keys move the choice.
 * @param {string} label
 * @param {(key: string) => void} choose
 */
export function createVirtualList(label, choose) {
  const runway = element("div", { class: "runway" });
  const node = element("div", { class: "virtual", role: "listbox", "aria-label": label, tabindex: "0" }, runway);
  /** @type {Item[]} */
  let items = [];
  /** @type {Map<string, {version: string, row: HTMLElement}>} */
  const rows = new Map();
  let chosen = "";

  const draw = () => {
    const first = Math.max(0, Math.floor(node.scrollTop / ROW) - SPARE);
    const last = Math.min(items.length, Math.ceil((node.scrollTop + (node.clientHeight || 600)) / ROW) + SPARE);
    const near = items.slice(first, last);
    const nodes = near.map((item, index) => place(item, first + index));
    const seen = new Set(near.map(({ key }) => key));
    for (const [key, { row }] of rows) {
      if (seen.has(key)) continue;
      row.remove();
      rows.delete(key);
    }
    // In the document in the order in which they are seen, and moved only when that is another.
    nodes.forEach((row, index) => row !== runway.children[index] && runway.insertBefore(row, runway.children[index] ?? null));
    if (rows.has(chosen)) node.setAttribute("aria-activedescendant", rowId(chosen));
    else node.removeAttribute("aria-activedescendant");
  };
  const place = (/** @type {Item} */ item, /** @type {number} */ index) => {
    const known = rows.get(item.key);
    const row = known?.row ?? rowOf(item);
    if (known?.version !== item.version) fillRowOf(item, row);
    rows.set(item.key, { version: item.version, row });
    row.style.setProperty("top", `${index * ROW}px`);
    row.setAttribute("aria-setsize", String(items.length));
    row.setAttribute("aria-posinset", String(index + 1));
    row.setAttribute("aria-selected", String(item.key === chosen));
    row.onclick = () => item.heading === null && select(item.key);
    return row;
  };
  const select = (/** @type {string} */ key) => {
    chosen = key;
    draw();
    choose(key);
  };
  node.addEventListener("scroll", draw, { passive: true });
  node.addEventListener("keydown", (event) => {
    const target = targetOf(event.key, items, chosen);
    if (target === undefined) return;
    event.preventDefault();
    if (!target) return;
    const top = items.indexOf(target) * ROW;
    if (top < node.scrollTop) node.scrollTop = top;
    else if (top + ROW > node.scrollTop + node.clientHeight) node.scrollTop = top + ROW - node.clientHeight;
    select(target.key);
  });
  return {
    node,
    chosen: () => chosen,
    /** @param {Item[]} wanted */
    show(wanted) {
      items = wanted;
      runway.style.setProperty("height", `${items.length * ROW}px`);
      draw();
    },
  };
}

/** @param {Item} item */
function rowOf({ key, heading }) {
  return element("div", { class: heading === null ? "row" : "row heading", role: "option", id: rowId(key), ...(heading === null ? {} : { "aria-disabled": "true" }) });
}

/** @param {Item} item @param {HTMLElement} row */
function fillRowOf({ heading, fill }, row) {
  row.replaceChildren();
  if (heading === null) fill(row);
  else row.append(heading);
}

/**
 * The line that a key leads to; null when there is none, undefined for a key that moves nothing.
 * @param {string} key
 * @param {Item[]} items
 * @param {string} chosen
 * @returns {Item | null | undefined}
 */
function targetOf(key, items, chosen) {
  /** @type {Record<string, number>} */
  const steps = { ArrowDown: 1, ArrowUp: -1, PageDown: 10, PageUp: -10, Home: -items.length, End: items.length };
  const step = steps[key];
  if (step === undefined) return undefined;
  const lines = items.filter((item) => item.heading === null);
  const at = lines.findIndex((line) => line.key === chosen);
  return lines[Math.max(0, Math.min(lines.length - 1, at < 0 && step === 1 ? 0 : at + step))] ?? null;
}

/** @param {string} key */
function rowId(key) {
  return `row-${key}`;
}

import { element } from "../dom.js";

/** How much of a list is in the document; what is beyond is found by the list's search. */
export const MOST_SHOWN = 100;

/**
 * Nodes by name, each made anew only when what it shows is not what it showed.
 * @returns {(name: string, shows: unknown, make: () => HTMLElement) => HTMLElement}
 */
export function createKept() {
  /** @type {Map<string, {text: string, node: HTMLElement}>} */
  const kept = new Map();
  return (name, shows, make) => {
    const text = JSON.stringify(shows);
    const known = kept.get(name);
    if (known && known.text === text) return known.node;
    const node = make();
    kept.set(name, { text, node });
    return node;
  };
}

/**
 * Put nodes into their place, without touching those that stand there already: what is open stays open, and the focus stays.
 * @param {HTMLElement} place
 * @param {HTMLElement[]} nodes
 */
export function placeAll(place, nodes) {
  const wanted = new Set(/** @type {Node[]} */ (nodes));
  for (const node of [...place.childNodes]) if (!wanted.has(node)) node.remove();
  nodes.forEach((node, index) => {
    if (place.children[index] !== node) place.insertBefore(node, place.children[index] ?? null);
  });
}

/**
 * How many of a list are not shown, in words.
 * @param {number} count of all that could be
 */
export function restText(count) {
  return count > MOST_SHOWN ? `and ${count - MOST_SHOWN} more` : "";
}

/**
 * What opens to more than one wants in the document at once: it is made when it is opened.
 * @param {HTMLElement} summary
 * @param {() => HTMLElement} make
 */
export function folded(summary, make) {
  const node = element("details", { class: "branch" }, summary);
  node.addEventListener("toggle", () => node.open && node.childElementCount === 1 && node.append(make()));
  return node;
}

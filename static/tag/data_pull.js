/** Taking a page's data along (tag.md 7.1, 7.5). */

import { leaf } from "./tree.js";

/** @import { Tree } from "./types.js" */

/**
 * A copy that can travel: what JSON keeps of a value, undefined when that is nothing. Throws on a cycle, as nodes of
 * some frameworks have.
 *
 * @param {unknown} value
 * @returns {any}
 */
export function plainCopy(value) {
  const text = JSON.stringify(value);
  return text && JSON.parse(text);
}

/**
 * Puts a global variable, or what lies at a dotted path from one, into the blank under `as`.
 *
 * @param {string} name
 * @param {string} as
 * @returns {(blank: Tree) => void}
 */
export function copyGlobal(name, as) {
  return (blank) => {
    const value = plainCopy(leaf(window, name));
    if (value !== undefined) blank[as] = value;
  };
}

/** Plain trees: what the configuration is made of. */

/** @import { Tree } from "./types.js" */

/**
 * Whether a value is a plain object, from this window or another. A Storage, a node or a class instance is a leaf.
 *
 * @param {unknown} value
 * @returns {value is Tree}
 */
export function isTree(value) {
  if (typeof value !== "object" || value === null) return false;
  const parent = Object.getPrototypeOf(value);
  return parent === null || Object.getPrototypeOf(parent) === null;
}

/**
 * Put into `target` what it lacks of `defaults`, at every depth, and return it. Any value but `undefined` counts as
 * set, `false` and `null` too (tag.md 7.1). A frozen target is replaced by a copy, one that is no tree by a new one;
 * what is put in is always a copy. Defaults that are no tree add nothing.
 *
 * @param {unknown} target
 * @param {unknown} defaults
 * @param {string[]} [path] of trees that are there already only the one at this path is looked into
 * @returns {Tree}
 */
export function fill(target, defaults, path = []) {
  const [only, ...rest] = path;
  const tree = isTree(target) ? target : {};
  const filled = Object.isExtensible(tree) ? tree : { ...tree };
  for (const [key, value] of isTree(defaults) ? Object.entries(defaults) : []) {
    if (key === "__proto__") continue;
    const own = Object.hasOwn(filled, key) ? filled[key] : undefined;
    if (isTree(value)) {
      if (own === undefined) filled[key] = fill(own, value);
      else if (isTree(own) && (only ?? key) === key) filled[key] = fill(own, value, rest);
    } else if (own === undefined) {
      filled[key] = Array.isArray(value) ? [...value] : value;
    }
  }
  return filled;
}

/**
 * What lies at a dotted path, or undefined.
 *
 * @param {any} tree
 * @param {string} path
 * @returns {any}
 */
export function leaf(tree, path) {
  return path.split(".").reduce((at, key) => at?.[key], tree);
}

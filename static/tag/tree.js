/** Plain trees: what the configuration is made of. */

/** @import { Tree } from "./types.js" */

/**
 * Whether a value is a plain object, from this window or another. A Storage, a node or a class instance is a leaf.
 *
 * @param {any} value
 * @returns {value is Tree}
 */
export function isTree(value) {
  return value != null && Object.getPrototypeOf(Object.getPrototypeOf(value) ?? value) == null;
}

/**
 * Put into `target` what it lacks of `defaults`, at every depth, and return it. Any value but `undefined` counts as
 * set, `false` and `null` too (tag.md 7.1). A frozen target is replaced by a copy, one that is no tree by a new one;
 * what is put in is always a copy.
 *
 * @param {any} target
 * @param {any} defaults
 * @param {boolean} [shallow] leave the trees alone that are there already
 * @returns {Tree}
 */
export function fill(target, defaults, shallow) {
  const tree = isTree(target) ? target : {};
  const filled = Object.isExtensible(tree) ? tree : { ...tree };
  for (const key in defaults) {
    const value = defaults[key];
    const own = filled[key];
    if (key !== "__proto__" && (own === undefined || (!shallow && isTree(own) && isTree(value)))) {
      filled[key] = isTree(value) ? fill(own, value) : (value?.slice?.() ?? value);
    }
  }
  return filled;
}

/**
 * What lies at a dotted path, or undefined.
 *
 * @param {any} tree
 * @param {string} [path]
 * @returns {any}
 */
export function leaf(tree, path) {
  return path?.split(".").reduce((at, key) => at?.[key], tree);
}

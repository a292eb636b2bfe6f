/**
 * The page's object `window.jstag` and its methods. It is extended in place and never replaced.
 *
 * Each method is a gate that stays: while the tag may not run, before `init` or without consent, it keeps the call for
 * later, and so does one that the page has taken off the tag.
 */

/** @import { Tag, Tree } from "./types.js" */

/** @type {Tag} */
export const tag = (/** @type {any} */ (window).jstag ||= {});
/**
 * Kept to be put back when a second snippet covers them.
 *
 * @type {Tree}
 */
export const methods = {};
/**
 * Calls that wait; of more than 200 the later ones are dropped.
 *
 * @type {Array<[string, unknown[]]>}
 */
export const early = [];

/**
 * @param {string} name
 * @param {unknown[]} values
 * @returns {unknown} what pages in the field go on with at once
 */
export function wait(name, values) {
  if (early.length < 200) early.push([name, values]);
  return name === "getSegments" ? [] : undefined;
}

/** @param {Record<string, (...values: any[]) => any>} codes public methods by their names */
export function expose(codes) {
  for (const name in codes) {
    tag[name] = methods[name] = (/** @type {unknown[]} */ ...values) =>
      tag.isLoaded ? /** @type {any} */ (codes)[name](...values) : wait(name, values);
  }
}

/** @import { Feature } from "./types" */
import { parts } from "./state.js";

/**
 * What the features of this build answer to one of their hooks, in their order; nothing from those without it.
 * @param {keyof Feature} hook
 * @param {...any} args
 */
export function ask(hook, ...args) {
  return parts.features.map((feature) => /** @type {any} */ (feature)[hook]?.(...args));
}

import { knownDefaults } from "./defaults.js";
import { ask } from "./features.js";
import { initializeOne } from "./initialize.js";
import { initializeArray } from "./initialize_array.js";
import { updateObject } from "./objects.js";
import { parts } from "./state.js";
import { targeted } from "./targets.js";

/**
 * A widget factory, which works with and without `new` (widgets.md 1.3).
 * @param {string} type
 */
export function factory(type) {
  return function (/** @type {Record<string, any>} */ config) {
    if (!config) throw new Error("Config object is missing");
    if (!config.id) throw new Error("All widgets must have an id value");
    return { valid: true, type, config, id: config.id };
  };
}

/**
 * The older signature has the account id second (widgets.md 1.3). Of several instances the one that is used counts.
 * @this {any}
 * @param {any} widgets
 * @param {any} [config]
 * @param {any} [options]
 */
function initializeWidgets(widgets, config, options) {
  ask("begin");
  if (typeof config === "string") [config, options] = [options, null];
  if (!widgets) throw new Error("Initialize called with no widgets");
  if (options?.priority && !/^(un)?ordered$/.test(options.priority)) throw new Error("Invalid priority defined in options.");
  updateObject(knownDefaults(), config ?? {});
  parts.pathfora = this;
  this[Array.isArray(widgets) ? "initializeWidgetArray" : "initializeTargetedWidgets"](widgets, options);
}

/** Each calls the next through `pathfora`, where pages and debuggers put their own in between. */
export const initializers = { initializeWidgets, initializeWidgetArray: initializeArray, initializeWidget: initializeOne, ...targeted };

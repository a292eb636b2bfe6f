/** @import { WidgetType } from "./types" */
import { ask } from "./features.js";
import { initializeOne } from "./initialize.js";
import { initializeArray } from "./initialize_array.js";
import { updateObject } from "./objects.js";
import { defaults, parts } from "./state.js";

/**
 * A widget factory, which works with and without `new` (widgets.md 1.3).
 * @param {WidgetType} type
 */
export function factory({ name }) {
  return function (/** @type {Record<string, any>} */ config) {
    if (!config) throw new Error("Config object is missing");
    if (!config.id) throw new Error("All widgets must have an id value");
    return { valid: true, type: name, config, id: config.id };
  };
}

/**
 * The older signature has the account id second (widgets.md 1.3).
 * @param {any} widgets
 * @param {any} [config]
 * @param {any} [options]
 */
function initializeWidgets(widgets, config, options) {
  ask("begin");
  if (typeof config === "string") [config, options] = [options, null];
  if (!widgets) throw new Error("Initialize called with no widgets");
  if (options?.priority && !/^(un)?ordered$/.test(options.priority)) throw new Error("Invalid priority defined in options.");
  updateObject(defaults, config ?? {});
  const { pathfora } = parts;
  if (Array.isArray(widgets)) pathfora.initializeWidgetArray(widgets, options);
  else if (pathfora.initializeTargetedWidgets) pathfora.initializeTargetedWidgets(widgets, options);
  else initializeEveryones(widgets, options);
}

/**
 * What a build without targeting shows of a targeting object, which is how the tag hands over an account's widgets.
 * @param {any} targeting
 * @param {any} options
 */
function initializeEveryones({ common = [], target = [] }, options) {
  const fits = target.flatMap((/** @type {any} */ { segment, widgets }) => (segment === "*" ? widgets : []));
  parts.pathfora.initializeWidgetArray([...common, ...fits], options);
}

/** Each calls the next through `pathfora`, where pages and debuggers put their own in between. */
export const initializers = { initializeWidgets, initializeWidgetArray: initializeArray, initializeWidget: initializeOne };

/** @import { Condition, Widget } from "./types" */
import { parts } from "./state.js";

/**
 * The conditions that do something of a kind for a widget, in their order, with their values. A truthy value turns one on;
 * some are always on and find out for themselves.
 * @template {"prepare" | "check" | "watch" | "hold" | "opened"} K
 * @param {Widget} widget
 * @param {K} kind
 */
export function activeConditions({ displayConditions = {} }, kind) {
  const all = /** @type {(Condition & Required<Pick<Condition, K>>)[]} */ ([...parts.conditions.values()]);
  return all
    .filter((condition) => condition[kind] && (condition.always || displayConditions[condition.name]))
    .map((condition) => /** @type {const} */ ([condition, displayConditions[condition.name]]));
}

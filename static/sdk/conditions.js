/** @import { Condition, Widget } from "./types" */
import { parts } from "./state.js";
import { traceGate } from "./trace.js";

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

/**
 * Ask the conditions in their order; after one fails, the rest are not asked (asking some of them writes). At the moment of a
 * trigger only those are asked that want it.
 * @param {Widget} widget
 * @param {boolean} [triggered]
 */
export function passes(widget, triggered) {
  let pass = true;
  for (const [{ name, check, again }, required] of activeConditions(widget, "check")) {
    if (triggered && !again) continue;
    const answer = pass ? check(required, widget) : required && [null];
    if (!answer) continue;
    traceGate(widget, name, answer[0], answer[1], answer[3] ?? required, answer[2]);
    if (answer[0] === false) pass = false;
  }
  return pass;
}

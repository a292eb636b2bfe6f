/** @import { Condition, Sdk, Widget } from "./types" */

/**
 * The conditions of a kind that a widget turns on, in their order, with their values. Only truthy values turn one on.
 * @template {"check" | "watch" | "hold" | "opened"} K
 * @param {Sdk} sdk
 * @param {Widget} widget
 * @param {K} kind
 */
export function activeConditions(sdk, { displayConditions = {} }, kind) {
  /** @type {[Condition & Required<Pick<Condition, K>>, any][]} */
  const found = [];
  for (const condition of sdk.conditions.values()) {
    const value = displayConditions[condition.name];
    if (condition[kind] && (value || condition.always)) {
      found.push([/** @type {Condition & Required<Pick<Condition, K>>} */ (condition), value]);
    }
  }
  return found;
}

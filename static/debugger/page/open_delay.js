/** @import { Decision } from "../types" */

/** The gate at which a widget waits for its delay, if it does. @param {Decision | undefined} decision */
export function openDelay(decision) {
  return decision?.gates.find(({ gate, pass }) => gate === "showDelay" && pass === null);
}

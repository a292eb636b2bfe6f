/** @import { Delays } from "./delays.js" */
import { openDelay } from "./open_delay.js";
import { currentSdk } from "./page_globals.js";

/**
 * Have a widget that waits for its delay show now: what the SDK itself would do when the time is over, counted and told like any showing.
 * @param {Delays} delays
 * @param {string} id
 */
export function skipDelay(delays, id) {
  const decision = currentSdk()?.explain?.().find((one) => one.id === id);
  if (!openDelay(decision)) throw new Error(`"${id}" does not wait for a delay now: it is ${decision?.verdict ?? "not decided on"}.`);
  const waiting = delays.get(id);
  if (!waiting) throw new Error(`The debugger did not see "${id}" begin to wait, so it cannot end that: the widget is in a frame, or its SDK keeps time in a way of its own. Wait for it, or set showDelay to 0.`);
  delays.delete(id);
  clearTimeout(waiting.timer);
  waiting.end();
}

/** @import { Decision } from "../types" */
import { openDelay } from "./open_delay.js";

/** @typedef {Map<string, {timer: number, end: () => void}>} Delays what ends each widget's delay, by the widget's id */

/**
 * Keep the timers that delayed widgets wait for, so that a delay can be skipped. The SDK sets one right after it tells of the
 * waiting: only until then, and never past that very task, is `setTimeout` listened to, and each call goes on to the browser's.
 * @returns {Delays}
 */
export function watchDelays() {
  /** @type {Delays} */
  const delays = new Map();
  window.addEventListener("pathfora:decision", (event) => {
    const decision = /** @type {CustomEvent<Decision>} */ (event).detail;
    const open = openDelay(decision);
    if (!open) return;
    const native = window.setTimeout;
    const listener = /** @type {typeof setTimeout} */ (function setTimeout(/** @type {any} */ end, /** @type {number | undefined} */ delay) {
      const timer = Reflect.apply(native, window, arguments);
      if (delay === Number(open.required) * 1000) {
        delays.set(decision.id, { timer, end });
        restore();
      }
      return timer;
    });
    const restore = () => {
      if (window.setTimeout === listener) window.setTimeout = native;
    };
    window.setTimeout = listener;
    queueMicrotask(restore);
  });
  return delays;
}

/** @import { EventLog, LogEntry } from "../types" */
import { remember, remembered } from "../memory.js";

const MOST_KEPT = 300;

/**
 * The newest lines of the log over page loads, in this tab, once somebody has asked for it.
 * @param {EventLog} log
 */
export function keepLogOver(log) {
  /** @type {LogEntry[] | null} */
  const before = remembered("sessionStorage", "log");
  let on = before !== null;
  for (const { stored, ...entry } of before ?? []) log.add({ ...entry, stored });
  window.addEventListener("pagehide", () => {
    if (on) remember("sessionStorage", "log", log.all().slice(-MOST_KEPT));
  });
  return {
    isOn: () => on,
    /** @param {boolean} wanted */
    set(wanted) {
      on = wanted;
      remember("sessionStorage", "log", on ? [] : null);
    },
  };
}

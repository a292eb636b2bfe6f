/** @import { EventLog, Signal } from "../types" */
import { attempt } from "../signal.js";
import { createLog } from "./call_log.js";

/** How much is left to be written down at most; of more, so much is done at once that nobody feels it. */
const MOST_LEFT = 500;
const PORTION = 50;

/**
 * A log that is written down when somebody reads it: a page in which nobody does has little work with it.
 * @param {Signal} signal
 * @returns {EventLog}
 */
export function createLateLog(signal) {
  /** @type {{work: () => void, address: string}[]} */
  const left = [];
  /** Where the page was when that happened which is being written down. @type {string | null} */
  let then = null;
  // Of what was left it has been said already that there is something new.
  const fire = (/** @type {import("../types").Topic} */ topic) => then === null && signal.fire(topic);
  const log = createLog({ ...signal, fire }, () => routeOf(then ?? location.href));
  const writeDown = (portion = left.length) => {
    for (const { work, address } of left.splice(0, portion)) {
      then = address;
      attempt(work);
    }
    then = null;
  };
  return {
    ...log,
    later(work) {
      left.push({ work, address: location.href });
      if (left.length > MOST_LEFT) writeDown(PORTION);
      signal.fire("log");
    },
    all() {
      writeDown();
      return log.all();
    },
    since(rev, epoch) {
      writeDown();
      return log.since(rev, epoch);
    },
    clear() {
      writeDown();
      log.clear();
    },
  };
}

/** @param {string} address */
function routeOf(address) {
  const { pathname, search } = new URL(address);
  return pathname + search;
}

/** @import { EventLog, Signal } from "../types" */
import { takePage } from "../handover.js";
import { hostsOfTag } from "./page_globals.js";
import { startRecorder } from "./recorder.js";

/** Where a page has what its frames write into. */
const OFFERED = Symbol.for("understudy.page");
/** In a frame the truth is told: what is pretended is pretended in the page. */
const NO_CHANGES = { change: (/** @type {string} */ _url, /** @type {Promise<Response>} */ answer) => answer, changeOld: () => undefined };

/**
 * Let frames of this origin write into the page's log.
 * @param {{log: EventLog, load: string, signal: Signal}} page
 */
export function offerToFrames({ log, load, signal }) {
  Object.defineProperty(window, OFFERED, { value: { log, load, signal } });
}

/**
 * In a frame: its requests are lines in the log of the page around it, under an address of their own (debugger.md 7.2, rank 24).
 * @param {string} host of the server
 */
export function recordFrame(host) {
  const page = pageAround();
  if (!page || !takePage()) return;
  const { log, load, signal } = page;
  const route = `frame ${location.pathname}${location.search}`;
  startRecorder({ ...log, add: (given) => log.add({ ...given, load, route }) }, () => hostsOfTag(host), NO_CHANGES);
  window.addEventListener("pathfora:decision", () => signal.fire("decision"));
}

/** @returns {Parameters<typeof offerToFrames>[0] | null} */
function pageAround() {
  try {
    return Reflect.get(window.top ?? window, OFFERED) ?? null;
  } catch {
    return null; // a page of another origin
  }
}

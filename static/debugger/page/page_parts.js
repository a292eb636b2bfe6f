import { createLateLog } from "../log/late_log.js";
import { watchDelays } from "./delays.js";
import { keepLogOver } from "./kept_log.js";
import { createOverrides } from "./overrides.js";
import { createPageClock } from "./page_clock.js";
import { hostsOfTag } from "./page_globals.js";
import { startRecorder } from "./recorder.js";
import { watchTag } from "./tag_watch.js";

/**
 * Everything that watches this page or can change it.
 * @param {import("../types").Signal} signal
 * @param {string} host of the server
 * @param {string} time of its world, see `createPageClock`
 */
export function createPageParts(signal, host, time) {
  const clock = createPageClock(signal, time);
  const world = { clock: time !== "", faults: [] };
  const overrides = createOverrides(signal);
  const log = createLateLog(signal);
  const recorder = startRecorder(log, () => hostsOfTag(host), overrides);
  const watch = watchTag(signal, recorder.note);
  window.addEventListener("pathfora:decision", () => signal.fire("decision"));
  return { signal, log, load: recorder.load, watch, overrides, clock, world, delays: watchDelays(), keeping: keepLogOver(log) };
}

/** @import { EventLog, Moment } from "../types" */

/**
 * When what a widget needs was there, in ms after the page began to load: tag, profile, experiences, first widget.
 * @param {EventLog} log
 * @param {{id: string, verdict: string, time: number}[]} decisions
 * @returns {Moment[]}
 */
export function momentsOf(log, decisions) {
  const calls = log.all().filter((entry) => entry.duration !== null && entry.load === Math.round(performance.timeOrigin).toString(36));
  const ends = (/** @type {string} */ kind) => calls.filter((entry) => entry.kind === kind).map((entry) => entry.time + (entry.duration ?? 0))[0];
  const shown = decisions.filter(({ verdict }) => verdict === "shown" || verdict === "closed").map(({ time }) => time).sort((a, b) => a - b)[0];
  /** @type {[string, number | undefined][]} */
  const found = [
    ["First paint", paintTime()],
    ["Tag loaded", ends("tag")],
    ["Widget SDK loaded", ends("sdk")],
    ["Profile loaded", ends("profile")],
    ["Experiences loaded", ends("experiences")],
    ["First widget shown", shown],
  ];
  const [paint, widget] = [found[0]?.[1], shown];
  const before = /** @type {Moment[]} */ (paint && widget && widget > paint ? [{ name: "The page was seen without it for", after: Math.round(widget - paint) }] : []);
  return [...found.map(([name, time]) => ({ name, after: time === undefined ? null : Math.max(0, Math.round(time - performance.timeOrigin)) })), ...before];
}

function paintTime() {
  const [paint] = performance.getEntriesByName("first-contentful-paint");
  return paint && performance.timeOrigin + paint.startTime;
}

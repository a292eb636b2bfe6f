/** @import { Condition } from "../types" */
import { IMPRESSIONS, SINCE, sessionCount } from "../impression_counts.js";
import { keys, readCount, write } from "../storage.js";

/** @param {number[]} counts */
function addUp(counts) {
  let sum = 0;
  for (const count of counts) sum += count;
  return sum;
}

/** Limits on how often a widget, or any widget, is shown: counts, and times in seconds (widgets.md 3.8). @type {Condition} */
export const impressions = {
  name: "impressions",
  again: true,
  check: (required, { id }) => {
    const now = Date.now();
    const key = IMPRESSIONS + id;
    const since = SINCE + id;
    const { global = {} } = required;
    if (global.total > 0 && now >= readCount(since)[1] + global.duration * 1000) write(since, `0|${now}`);
    const own = readCount(key);
    const every = keys("localStorage", IMPRESSIONS).map(readCount);
    const actual = { session: sessionCount(key), total: own[0] };
    /** @type {[string, any, number, [number, number], [number, number]][]} the last pair: the count to pause at, the time it pauses from */
    const scopes = [
      ["widget", { ...required, duration: undefined, ...required.widget }, actual.session, own, own],
      [
        "global",
        global,
        addUp(keys("sessionStorage", IMPRESSIONS).map(sessionCount)),
        [addUp(every.map(([count]) => count)), Math.max(...every.map(([, last]) => last))],
        readCount(since),
      ],
    ];
    for (const [scope, limits, session, [count, last], [batch, from]] of scopes) {
      const { total, duration } = limits;
      const pause = last + limits.buffer * 1000;
      const end = from + duration * 1000;
      /** @type {[string, boolean, number, number?][]} */
      const gates = [
        ["session", session >= limits.session, session],
        ["buffer", now < pause, last, pause],
        ["duration", now < end && (limits === global ? batch >= total : batch % total === 0), batch, end],
        ["total", duration === undefined && count >= total, count],
      ];
      const [name, , found, until] = gates.find(([, over]) => over) ?? [];
      if (name) return [false, { limit: `${scope}.${name}`, found }, until, limits[name]];
    }
    return [true, actual];
  },
};

/** @import { Condition } from "../types" */
import { IMPRESSIONS, allCounts, sessionCount, windowCount } from "../impression_counts.js";
import { readCount } from "../storage.js";

/** @typedef {{session?: number, total?: number, buffer?: number, duration?: number}} Limits counts; times in seconds */

/**
 * @param {number} last ms, NaN when unknown
 * @param {number | undefined} seconds
 */
function within(last, seconds) {
  return seconds !== undefined && seconds > 0 && Date.now() - last < seconds * 1000;
}

/**
 * Why the widget's own limits hide it, or nothing.
 * @param {Limits} limits
 * @param {number} shown displays in this session
 * @param {{count: number, last: number}} record
 */
function ownLimit({ session, total, buffer, duration }, shown, { count, last }) {
  if (session !== undefined && shown >= session) return `shown ${shown} of ${session} times this session`;
  if (within(last, buffer)) return `shown less than ${buffer} s ago`;
  if (total === undefined) return "";
  if (within(last, duration) && count % total === 0) return `shown ${count} times, pausing for ${duration} s`;
  return duration === undefined && count >= total ? `shown ${count} of ${total} times` : "";
}

/**
 * Why the limits on all widgets together hide it, or nothing.
 * @param {Limits} limits
 * @param {ReturnType<typeof allCounts>} shown
 * @param {number} recent displays in the present window
 */
function commonLimit({ session, total, buffer, duration }, shown, recent) {
  if (session !== undefined && shown.session >= session) return `widgets were shown ${shown.session} of ${session} times this session`;
  if (within(shown.last, buffer)) return `a widget was shown less than ${buffer} s ago`;
  if (total === undefined) return "";
  if (duration) return recent >= total ? `widgets were shown ${recent} of ${total} times in ${duration} s` : "";
  return duration === undefined && shown.total >= total ? `widgets were shown ${shown.total} of ${total} times` : "";
}

/** Limits on how often a widget, or any widget, is shown (widgets.md 3.8). @type {Condition} */
export const impressions = {
  name: "impressions",
  again: true,
  check: (required, { id }) => {
    const { session, total, buffer } = required;
    const key = IMPRESSIONS + id;
    const common = required.global ?? {};
    const recent = common.total > 0 && common.duration > 0 ? windowCount(id, common.duration) : 0;
    const shown = sessionCount(key);
    const record = readCount(key);
    const every = allCounts();
    const reason =
      ownLimit({ session, total, buffer, ...required.widget }, shown, record) || commonLimit(common, every, recent);
    return {
      pass: !reason,
      actual: { session: shown, total: record.count, last: record.last || null, global: every },
      required,
      reason: reason || `shown ${shown} times before in this session`,
    };
  },
};

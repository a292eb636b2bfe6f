/** @import { Condition } from "../types" */
import { IMPRESSIONS, allCounts, openWindow, sessionCount } from "../impression_counts.js";
import { readCount } from "../storage.js";

/** Limits on how often a widget, or any widget, is shown: counts, and times in seconds (widgets.md 3.8). @type {Condition} */
export const impressions = {
  name: "impressions",
  again: true,
  check: (required, { id }) => {
    const { session, total, buffer } = required;
    const own = { session, total, buffer, ...required.widget };
    const common = required.global ?? {};
    const recent = common.total > 0 && common.duration > 0 ? openWindow(id, common.duration) : null;
    const shown = sessionCount(IMPRESSIONS + id);
    const { count, last } = readCount(IMPRESSIONS + id);
    const every = allCounts();
    /** @param {number} since ms @param {number} seconds @returns {[boolean, number]} */
    const within = (since, seconds) => [seconds > 0 && Date.now() - since < seconds * 1000, since + seconds * 1000];
    const [paused, pause] = within(last, own.duration);
    /** @type {[string, boolean, number?][]} the first that holds hides */
    const limits = [
      ["widget.session", shown >= own.session],
      ["widget.buffer", ...within(last, own.buffer)],
      ["widget.duration", paused && count % own.total === 0, pause],
      ["widget.total", own.duration === undefined && count >= own.total],
      ["global.session", every.session >= common.session],
      ["global.buffer", ...within(every.last, common.buffer)],
      ["global.duration", (recent?.count ?? NaN) >= common.total, (recent?.last ?? 0) + common.duration * 1000],
      ["global.total", common.duration === undefined && every.total >= common.total],
    ];
    const [limit, , until] = limits.find(([, reached]) => reached) ?? [];
    return [!limit, { limit, session: shown, total: count, last: last || null, global: every }, until];
  },
};

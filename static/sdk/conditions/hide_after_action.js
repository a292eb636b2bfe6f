/** @import { Condition } from "../types" */
import { readCount } from "../storage.js";

const RECORDS = { confirm: "PathforaConfirm_", cancel: "PathforaCancel_", closed: "PathforaClosed_" };

/**
 * Hidden for good after `hideCount` actions, and for `duration` seconds after each (widgets.md 3.9).
 * @type {Condition}
 */
export const hideAfterAction = {
  name: "hideAfterAction",
  check: (required, { id }) => {
    /** @type {Record<string, {count: number, last: number}>} */
    const actual = {};
    let reason = "";
    for (const [action, prefix] of Object.entries(RECORDS)) {
      const limit = required[action];
      const record = limit && readCount(prefix + id);
      if (!record?.count) continue;
      actual[action] = record;
      if (record.count >= limit.hideCount) reason ||= `${action} ${record.count} of ${limit.hideCount} times`;
      if (Date.now() - record.last < limit.duration * 1000) reason ||= `${action} less than ${limit.duration} s ago`;
    }
    return { pass: !reason, actual, required, reason: reason || "no action hides it" };
  },
};

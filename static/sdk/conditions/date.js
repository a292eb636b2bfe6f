/** @import { Condition } from "../types" */

/** A span of time, bounds included, by the visitor's clock; a bound that is no date is no bound (widgets.md 3.6). @type {Condition} */
export const date = {
  name: "date",
  check: (required) => {
    const now = Date.now();
    const start = Date.parse(required.start_at);
    const end = Date.parse(required.end_at);
    const early = now < start;
    const late = now > end;
    return [!early && !late, new Date(now).toISOString(), early ? start : late ? undefined : end || undefined];
  },
};

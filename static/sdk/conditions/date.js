/** @import { Condition } from "../types" */

/** A span of time, bounds included, by the visitor's clock; a bound that is no date is no bound (widgets.md 3.6). @type {Condition} */
export const date = {
  name: "date",
  check: (required) => {
    const now = Date.now();
    const early = now < Date.parse(required.start_at);
    const late = now > Date.parse(required.end_at);
    return {
      pass: !early && !late,
      actual: new Date(now).toISOString(),
      required,
      reason: early ? `starts at ${required.start_at}` : late ? `ended at ${required.end_at}` : "within its dates",
    };
  },
};

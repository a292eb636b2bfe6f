/** @import { Condition } from "../types" */

/** Seconds between the decision to show a widget and its opening (widgets.md 3.4). @type {Condition} */
export const showDelay = {
  name: "showDelay",
  waiting: (seconds) => ({ actual: 0, required: seconds, reason: `opens after ${seconds} s` }),
  hold: (seconds, proceed) => {
    const timer = setTimeout(proceed, seconds * 1000);
    return () => clearTimeout(timer);
  },
};

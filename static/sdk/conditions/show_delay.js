/** @import { Condition } from "../types" */
import { later } from "../live.js";
import { traceGate, traceWait } from "../trace.js";

/** Seconds between the decision to show a widget and its opening (widgets.md 3.4). @type {Condition} */
export const showDelay = {
  name: "showDelay",
  hold: (seconds, live, open) => {
    const { widget } = live;
    const delay = seconds * 1000;
    traceWait(widget, "showDelay", undefined, seconds, Date.now() + delay);
    later(live, delay, () => {
      traceGate(widget, "showDelay", true, seconds, seconds);
      open(live);
    });
  },
};

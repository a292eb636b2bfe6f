/** @import { Condition } from "../types" */
import { dismiss, later } from "../live.js";

/** Seconds that a widget stays open (widgets.md 3.5). Closes silently. @type {Condition} */
export const hideAfter = {
  name: "hideAfter",
  opened: (seconds, live) => {
    later(live, seconds * 1000, () => dismiss(live, `by hideAfter after ${seconds} s`));
  },
};

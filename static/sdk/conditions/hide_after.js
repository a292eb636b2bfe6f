/** @import { Condition } from "../types" */

/** Seconds that a widget stays open (widgets.md 3.5). Closes silently. @type {Condition} */
export const hideAfter = {
  name: "hideAfter",
  opened: (seconds, close) => {
    const timer = setTimeout(() => close(`by hideAfter, ${seconds} s after it opened`), seconds * 1000);
    return () => clearTimeout(timer);
  },
};

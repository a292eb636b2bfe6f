/** @import { Condition } from "../types" */
import { hear } from "../page_events.js";

/** The pointer moves up and out of the page, near its top or fast (widgets.md 3.13). @type {Condition} */
export const showOnExitIntent = {
  name: "showOnExitIntent",
  watch: (_value, live, poke) => {
    /** The last two heights of the pointer. @type {number} */
    let last;
    /** @type {number} */
    let before;
    hear(live, "mouseout", poke);
    hear(live, "mousemove", ({ clientY }) => {
      before = last;
      last = clientY;
    });
    return (event) => {
      if (event?.type !== "mouseout" || event.relatedTarget?.parentElement) return false;
      const up = last < before && 2 * last - before <= 50;
      last = NaN;
      return up;
    };
  },
};

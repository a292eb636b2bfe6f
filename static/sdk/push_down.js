/** @import { Condition } from "./types" */
import { addClass, removeClass } from "./dom.js";
import { refusal } from "./log.js";

const OPENED = "opened";

/** The element that a top bar pushes down while it is open (widgets.md 2.5); throws on widgets that are no top bars. @type {Condition} */
export const pushDown = {
  name: "pushDown",
  always: true,
  check: (_value, { pushDown: selector, layout, position }) => {
    if (!selector) return;
    if (!/^bar(top-fixed|top-absolute)?$/.test(layout + position)) {
      throw refusal("Only top positioned bar widgets may have a pushDown property");
    }
    const pushed = document.querySelector(selector);
    if (pushed) addClass(pushed, "pf-push-down");
    return [true, pushed ? undefined : "missing", undefined, selector];
  },
  opened: (_value, { widget: { pushDown: selector } }) => {
    const pushed = selector && document.querySelector(selector);
    if (!pushed) return;
    addClass(pushed, OPENED);
    return () => removeClass(pushed, OPENED);
  },
};

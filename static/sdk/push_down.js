/** @import { Widget } from "./types" */
import { addClass, removeClass } from "./dom.js";
import { refusal, warn } from "./log.js";

/**
 * Mark the element that a top bar pushes down (widgets.md 2.5); throws on widgets that are not top bars.
 * @param {Widget} widget
 */
export function preparePushDown({ pushDown, layout, position }) {
  if (!pushDown) return;
  if (layout !== "bar" || !["", undefined, "top-fixed", "top-absolute"].includes(position)) {
    throw refusal("Only top positioned bar widgets may have a pushDown property");
  }
  const pushed = document.querySelector(pushDown);
  if (pushed) addClass(pushed, "pf-push-down");
  else warn(`${pushDown} matches nothing to push down`);
}

/**
 * Open or close the room above the pushed element.
 * @param {Widget} widget
 * @param {boolean} on
 */
export function pushDown({ pushDown: selector }, on) {
  const pushed = selector && document.querySelector(selector);
  if (pushed) (on ? addClass : removeClass)(pushed, "opened");
}

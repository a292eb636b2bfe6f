/** @import { Widget } from "./types" */
import { refusal } from "./log.js";
import { traceGate, traceWait } from "./trace.js";

/**
 * The node that a widget goes into, and what selects it. None while the document may still bring it; throws when it will not.
 * @param {Widget} widget
 */
export function findHost(widget) {
  const { positionSelector, layout, position } = widget;
  const selector = positionSelector || (layout === "inline" && position) || "body";
  const host = document.querySelector(selector);
  if (!host) {
    traceWait(widget, "host", "missing", selector);
    if (document.readyState !== "loading") {
      traceGate(widget, "host", false, "missing", selector);
      throw refusal(`Widget could not be initialized in ${selector}`);
    }
  }
  return /** @type {const} */ ([host, selector]);
}

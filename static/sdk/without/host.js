/** @import { Widget } from "../types" */
import { traceWait } from "../trace.js";

/**
 * Instead of `host.js`, where every widget goes into the body.
 * @param {Widget} widget
 */
export function findHost(widget) {
  const { body } = document;
  if (!body) traceWait(widget, "host", "missing", "body");
  return /** @type {const} */ ([body, "body"]);
}

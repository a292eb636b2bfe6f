/** @import { Widget } from "./types" */
import { report } from "./log.js";
import { traceGate } from "./trace.js";

/**
 * Call a page's function, if there is one; false when it failed. What it throws is reported and traced; the widget goes on.
 * @param {Widget} widget
 * @param {unknown} callback
 * @param {...unknown} args the event's name and the payload (widgets.md 8)
 */
export function callBack(widget, callback, ...args) {
  if (typeof callback !== "function") return true;
  try {
    callback(...args);
    return true;
  } catch (error) {
    traceGate(widget, `callback ${args[0]}`, false, String(error));
    report(widget.id, error);
    return false;
  }
}

/** @import { Sdk, Widget } from "./types" */
import { report } from "./log.js";

/**
 * Call a page's function, if there is one; false when it failed. What it throws is reported and traced; the widget goes on.
 * @param {Sdk} sdk
 * @param {Widget} widget
 * @param {unknown} callback
 * @param {...unknown} args the event's name and the payload (widgets.md 8)
 */
export function callBack(sdk, widget, callback, ...args) {
  if (typeof callback !== "function") return true;
  try {
    callback(...args);
    return true;
  } catch (error) {
    sdk.trace.gate(widget, "callback", { pass: false, actual: String(error), reason: `the ${args[0]} callback threw ${error}` });
    report(widget.id, error);
    return false;
  }
}

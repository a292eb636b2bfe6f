import { ask } from "./features.js";
import { release } from "./live.js";
import { warn } from "./log.js";
import { updateObject } from "./objects.js";
import { defaults, dependencies, liveWidgets, session } from "./state.js";
import { traceEntries, traceVerdict } from "./trace.js";

/**
 * Empty an object and fill it anew: pages hold on to it.
 * @param {Record<string, any>} object
 * @param {Record<string, any>} [content]
 */
export function refill(object, content = {}) {
  for (const key of Object.keys(object)) delete object[key];
  updateObject(object, content);
}

/**
 * Back to where everything can be initialised again: nothing of a widget is left (widgets.md 1.3).
 * @this {any}
 */
export function clearAll() {
  session.round = {};
  for (const id of [...liveWidgets.keys()]) clearOne(id);
  ask("clear");
  traceEntries.clear();
  refill(dependencies);
  refill(defaults);
  this.callbacks = [];
  this.acctid = "";
}

/**
 * Clear some widgets; unknown ids are nothing to clear.
 * @param {unknown} ids
 */
export function clearById(ids) {
  if (Array.isArray(ids)) ids.forEach(clearOne);
  else warn("clearById: widgetIds must be an array");
}

/**
 * @param {string} id
 */
function clearOne(id) {
  const live = liveWidgets.get(id);
  if (live) {
    const { closing, widget } = live;
    release(live);
    if (!closing) traceVerdict(widget, "closed", "by the page");
  }
  ask("clear", id);
  delete dependencies[id];
}

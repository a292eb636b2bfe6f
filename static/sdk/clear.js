/** @import { Sdk } from "./types" */
import { freshData, generic } from "./defaults.js";
import { release } from "./lifecycle.js";
import { warn } from "./log.js";
import { updateObject } from "./objects.js";

/**
 * Empty an object and fill it anew: pages hold on to it.
 * @param {Record<string, any>} object
 * @param {Record<string, any>} content
 */
export function refill(object, content) {
  for (const key of Object.keys(object)) delete object[key];
  updateObject(object, content);
}

/**
 * The defaults as the registries have them.
 * @param {Sdk} sdk
 */
export function resetDefaults(sdk) {
  const kinds = [...sdk.types.values()].map(({ name, defaults }) => [name, defaults]);
  refill(sdk.defaults, { generic, ...Object.fromEntries(kinds) });
}

/**
 * Back to where everything can be initialised again: nothing of a widget is left (widgets.md 1.3).
 * @param {Sdk} sdk
 */
export function clearEverything(sdk) {
  for (const live of [...sdk.live.values()]) clearOne(sdk, live.widget.id);
  sdk.batches.clear();
  sdk.triggered.all = false;
  sdk.triggered.ids.clear();
  sdk.trace.entries.clear();
  refill(sdk.dependencies, {});
  refill(sdk.data, freshData());
  resetDefaults(sdk);
  sdk.pathfora.callbacks = [];
  sdk.pathfora.acctid = "";
}

/**
 * Clear some widgets; unknown ids are nothing to clear.
 * @param {Sdk} sdk
 * @param {unknown} ids
 */
export function clearSome(sdk, ids) {
  if (Array.isArray(ids)) for (const id of ids) clearOne(sdk, id);
  else warn("clearById: widgetIds must be an array");
}

/**
 * @param {Sdk} sdk
 * @param {string} id
 */
function clearOne(sdk, id) {
  const live = sdk.live.get(id);
  if (live) {
    const closing = live.closing;
    release(sdk, live);
    if (!closing) sdk.trace.decide(live.widget, "closed", "cleared by the page");
  }
  for (const batch of sdk.batches) {
    for (const entry of [...batch.target, ...batch.exclude]) entry.widgets = entry.widgets.filter((widget) => widget.id !== id);
    batch.inverse = batch.inverse.filter((widget) => widget.id !== id);
  }
  sdk.triggered.ids.delete(id);
  delete sdk.dependencies[id];
}

/** @import { WidgetType } from "./types" */
import { closeName } from "./actions.js";
import { clearEverything, clearSome } from "./clear.js";
import { initializeArray, initializeOne } from "./initialize.js";
import { dismiss } from "./live.js";
import { warn } from "./log.js";
import { updateObject } from "./objects.js";
import { countPageView } from "./page_views.js";
import { show } from "./showing.js";
import { data, defaults, dependencies, liveWidgets, parts, session, triggered } from "./state.js";
import { VERSION } from "./storage.js";
import { track } from "./tracking.js";

/**
 * The members of `window.pathfora` that every build has (widgets.md 1.2-1.4).
 * @returns {Record<string, any>}
 */
export function makeApi() {
  return {
    version: VERSION,
    callbacks: [],
    acctid: "",
    locale: "en-US",
    dateOptions: {},
    DOMLoaded: false,
    enableGA: false,
    customData: {},
    onDOMready,
    getDataObject: () => data,
    initializePageViews: countPageView,
    triggerWidgets,
    initializeWidgets,
    initializeWidgetArray: initializeArray,
    initializeWidget: initializeOne,
    showWidget: show,
    closeWidget,
    clearAll: clearEverything,
    clearById: clearSome,
    getWidgetDependencies: () => dependencies,
    ...Object.fromEntries([...parts.types.values()].map((type) => [type.factory, factory(type)])),
  };
}

/**
 * A widget factory, which works with and without `new`.
 * @param {WidgetType} type
 */
function factory({ name }) {
  return function (/** @type {Record<string, any>} */ config) {
    if (!config) throw new Error("Config object is missing");
    if (!config.id) throw new Error("All widgets must have an id value");
    return { valid: true, type: name, config, id: config.id };
  };
}

/**
 * Run a function when the document is parsed, at once if it is.
 * @this {any}
 * @param {() => void} action
 */
function onDOMready(action) {
  const run = () => {
    this.DOMLoaded = true;
    action();
  };
  if (document.readyState === "loading") document.addEventListener("DOMContentLoaded", run, { once: true });
  else run();
}

/**
 * The older signature has the account id second (widgets.md 1.3).
 * @param {any} widgets
 * @param {any} [config]
 * @param {any} [options]
 */
function initializeWidgets(widgets, config, options) {
  const { pathfora } = parts;
  clearInterval(session.clock);
  session.clock = setInterval(() => {
    data.timeSpentOnPage += 1;
  }, 1000);
  if (typeof config === "string") [config, options] = [options, null];
  if (!widgets) throw new Error("Initialize called with no widgets");
  if (options?.priority && !/^(un)?ordered$/.test(options.priority)) throw new Error("Invalid priority defined in options.");
  updateObject(defaults, config ?? {});
  if (Array.isArray(widgets)) pathfora.initializeWidgetArray(widgets, options);
  else if (pathfora.initializeTargetedWidgets) pathfora.initializeTargetedWidgets(widgets, options);
  else pathfora.initializeWidgetArray(forEveryone(widgets), options);
}

/**
 * What a build without targeting shows of a targeting object, which is how the tag hands over an account's widgets.
 * @param {any} targeting
 */
function forEveryone({ common = [], target = [] }) {
  return [...common, ...target.flatMap((/** @type {any} */ { segment, widgets }) => (segment === "*" ? widgets : []))];
}

/**
 * @param {string} id
 * @param {boolean} [silent]
 */
function closeWidget(id, silent) {
  const live = liveWidgets.get(id);
  if (!live?.node || live.closing) {
    warn(`closeWidget: no widget ${id} is open`);
    return;
  }
  if (!silent) track(live.widget, "close", closeName(live.widget));
  dismiss(live, "by closeWidget");
}

/**
 * Pull the trigger of some widgets, or of all, now and later (widgets.md 3.12).
 * @param {string[]} [ids]
 */
function triggerWidgets(ids) {
  if (ids) ids.forEach((id) => triggered.ids.add(id));
  else triggered.all = true;
  for (const { poke } of [...liveWidgets.values()]) poke?.();
}

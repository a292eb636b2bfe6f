/** @import { Sdk, Widget, WidgetType } from "./types" */
import { closeName } from "./actions.js";
import { clearEverything, clearSome } from "./clear.js";
import { initializeArray, initializeOne } from "./initialize.js";
import { dismiss, show } from "./lifecycle.js";
import { warn } from "./log.js";
import { updateObject } from "./objects.js";
import { countPageView } from "./page_views.js";
import { rules } from "./rules.js";
import { VERSION } from "./storage.js";
import { initializeTargeted } from "./targeting.js";
import { track } from "./tracking.js";
import { utils } from "./utils.js";
import { whenVisitorKnown } from "./visitor.js";

/**
 * The enumerable members of `window.pathfora`, in the vendor's order (widgets.md 1.2-1.4).
 * @param {Sdk} sdk
 * @returns {Record<string, any>}
 */
export function makeApi(sdk) {
  const factories = [...sdk.types.values()].map((type) => [type.factory, factory(type)]);
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
    utils,
    getDataObject: () => sdk.data,
    rules,
    /** @this {any} @param {(data: any) => void} callback @param {() => void} [without] ours: no data is known */
    addCallback(callback, without) {
      whenVisitorKnown(this, callback, without);
    },
    initializePageViews: countPageView,
    triggerWidgets: (/** @type {string[]} */ ids) => trigger(sdk, ids),
    initializeTargetedWidgets: (/** @type {any} */ targeting, /** @type {any} */ options) =>
      initializeTargeted(sdk, targeting, options),
    /** @this {any} @param {any} widgets @param {any} config @param {any} options */
    initializeWidgets(widgets, config, options) {
      initializeAll(sdk, widgets, config, options);
    },
    initializeWidgetArray: (/** @type {Widget[]} */ widgets, /** @type {any} */ options) =>
      initializeArray(sdk, widgets, options),
    initializeWidget: (/** @type {Widget} */ widget) => initializeOne(sdk, widget),
    showWidget: (/** @type {Widget} */ widget) => show(sdk, widget),
    closeWidget: (/** @type {string} */ id, /** @type {boolean} */ silent) => closeById(sdk, id, silent),
    clearAll: () => clearEverything(sdk),
    clearById: (/** @type {string[]} */ ids) => clearSome(sdk, ids),
    ...Object.fromEntries(factories),
    getWidgetDependencies: () => sdk.dependencies,
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
 * `initializeWidgets` (widgets.md 1.3), with the older signature that has the account id second.
 * @param {Sdk} sdk
 * @param {any} widgets
 * @param {any} config
 * @param {any} options
 */
function initializeAll(sdk, widgets, config, options) {
  clearInterval(sdk.clock);
  sdk.clock = setInterval(() => {
    sdk.data.timeSpentOnPage += 1;
  }, 1000);
  const [defaults, choices] = typeof config === "string" ? [options, null] : [config, options];
  if (!widgets) throw new Error("Initialize called with no widgets");
  if (choices?.priority && !["ordered", "unordered"].includes(choices.priority)) {
    throw new Error("Invalid priority defined in options.");
  }
  if (defaults) updateObject(sdk.defaults, defaults);
  if (Array.isArray(widgets)) sdk.pathfora.initializeWidgetArray(widgets, choices);
  else sdk.pathfora.initializeTargetedWidgets(widgets, choices);
}

/**
 * @param {Sdk} sdk
 * @param {string} id
 * @param {boolean} silent
 */
function closeById(sdk, id, silent) {
  const live = sdk.live.get(id);
  if (!live?.node || live.closing) {
    warn(`closeWidget: no widget ${id} is open`);
    return;
  }
  if (!silent) track(sdk, live.widget, "close", closeName(live.widget));
  dismiss(sdk, live, "by pathfora.closeWidget()");
}

/**
 * Pull the trigger of some widgets, or of all, now and later (widgets.md 3.12).
 * @param {Sdk} sdk
 * @param {string[]} [ids]
 */
function trigger(sdk, ids) {
  if (ids) ids.forEach((id) => sdk.triggered.ids.add(id));
  else sdk.triggered.all = true;
  for (const live of [...sdk.live.values()]) live.poke?.();
}

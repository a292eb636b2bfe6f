/** @import { Condition, FormElement, Layout, Sdk, WidgetType } from "./types" */
import { makeApi } from "./api.js";
import { resetDefaults } from "./clear.js";
import { freshData } from "./defaults.js";
import { page } from "./page.js";
import { hideVariants, loadStylesheet } from "./stylesheet.js";
import { store } from "./storage.js";
import { Trace } from "./trace.js";
import { replaceOne } from "./replace.js";

/**
 * What a build is made of. `css`, if given, is adopted instead of linking the stylesheet.
 * @typedef {{types: WidgetType[], layouts: Layout[], conditions: Condition[], formElements?: FormElement[], css?: string}} Parts
 */

/**
 * @template {{name: string}} T
 * @param {T[]} list
 * @returns {Map<string, T>}
 */
function registry(list) {
  return new Map(list.map((item) => [item.name, item]));
}

/**
 * Make `window.pathfora` from the parts, once: a second script finds it there (widgets.md 1.1).
 * @param {Parts} parts
 */
export function installPathfora(parts) {
  /** The public object. Pages reach the class as `pathfora.constructor`. */
  class Pathfora {
    constructor() {
      if (!("localStorage" in window && "sessionStorage" in window)) {
        throw new Error("The Pathfora SDK requires the Web Storage API!");
      }
      const sdk = makeSdk(this, parts);
      Object.assign(this, makeApi(sdk));
      Object.defineProperty(this, "explain", { value: (/** @type {string} */ id) => sdk.trace.explain(id) });
      Object.defineProperty(this, "replaceWidget", { value: (/** @type {any} */ widget) => replaceOne(sdk, widget) });
      start(this, parts.css);
    }
  }
  page.pathfora = page.pathfora || new Pathfora();
}

/**
 * @param {any} pathfora
 * @param {Parts} parts
 * @returns {Sdk}
 */
function makeSdk(pathfora, { types, layouts, conditions, formElements = [] }) {
  /** @type {Sdk} */
  const sdk = {
    pathfora,
    types: registry(types),
    layouts: registry(layouts),
    conditions: registry(conditions),
    formElements: registry(formElements),
    defaults: {},
    data: freshData(),
    dependencies: Object.create(null),
    live: new Map(),
    batches: new Set(),
    dialogs: [],
    triggered: { all: false, ids: new Set() },
    clock: undefined,
    trace: new Trace(),
  };
  resetDefaults(sdk);
  return sdk;
}

/**
 * @param {any} pathfora
 * @param {string} [css]
 */
function start(pathfora, css) {
  hideVariants();
  pathfora.onDOMready(() => {});
  pathfora.initializePageViews();
  store.removeExpiredItems();
  loadStylesheet(css);
}

/** @import { Condition, Feature, FormElement, Layout, WidgetType } from "./types" */
import { makeApi } from "./api.js";
import { resetDefaults } from "./clear.js";
import { page } from "./page.js";
import { parts } from "./state.js";
import { store } from "./storage.js";
import { loadStylesheet } from "./stylesheet.js";
import { explain } from "./trace.js";

/**
 * @template {{name: string}} T
 * @param {T[]} [list]
 * @returns {Map<string, T>}
 */
function byName(list = []) {
  return new Map(list.map((item) => [item.name, item]));
}

/**
 * Make `window.pathfora` from the parts, once: a second script finds it there (widgets.md 1.1). `css`, if given, is adopted
 * instead of linking the stylesheet.
 * @param {{types: WidgetType[], layouts: Layout[], conditions: Condition[], formElements?: FormElement[], features?: Feature[], css?: string}} build
 */
export function installPathfora({ types, layouts, conditions, formElements, features = [], css }) {
  /** The public object. Pages reach the class as `pathfora.constructor`; what it knows of the page is one for all instances. */
  class Pathfora {
    constructor() {
      if (!("localStorage" in window && "sessionStorage" in window)) {
        throw new Error("The Pathfora SDK requires the Web Storage API!");
      }
      parts.pathfora = this;
      Object.assign(this, makeApi(), ...features.map((feature) => feature.api?.()));
      Object.defineProperty(this, "explain", { value: explain });
      for (const feature of features) feature.start?.();
      parts.pathfora.onDOMready(() => {});
      parts.pathfora.initializePageViews();
      store.removeExpiredItems();
      loadStylesheet(css);
    }
  }
  Object.assign(parts, {
    types: byName(types),
    layouts: byName(layouts),
    conditions: byName(conditions),
    formElements: byName(formElements),
    features,
  });
  resetDefaults();
  page.pathfora = page.pathfora || new Pathfora();
}

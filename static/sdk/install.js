/** @import { Condition, Feature, FormElement, Layout, WidgetType } from "./types" */
import { factory, initializeWidgets } from "./api.js";
import { resetDefaults } from "./clear.js";
import { ask } from "./features.js";
import { page } from "./page.js";
import { parts } from "./state.js";
import { VERSION } from "./storage.js";
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
      parts.pathfora = this;
      Object.assign(this, { version: VERSION, callbacks: [], acctid: "", locale: "en-US", initializeWidgets }, ...ask("api"));
      for (const type of types) parts.pathfora[type.factory] = factory(type);
      Object.defineProperty(this, "explain", { value: explain });
      ask("start");
      resetDefaults();
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
  page.pathfora = page.pathfora || new Pathfora();
}

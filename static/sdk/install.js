/** @import { Condition, Feature, FormElement, Layout, WidgetType } from "./types" */
import { factory, initializers } from "./api.js";
import { clearById } from "./clear.js";
import { ask } from "./features.js";
import { page } from "./page.js";
import { parts } from "./state.js";
import { VERSION } from "./storage.js";
import { loadStylesheet } from "./stylesheet.js";
import { explain } from "./trace.js";

/**
 * Make `window.pathfora` from the parts, once: a second script finds it there (widgets.md 1.1).
 * @param {{types: WidgetType[], layouts: Layout[], conditions: Condition[], formElements?: FormElement[], features?: Feature[]}} build
 */
export function installPathfora({ features = [], ...lists }) {
  parts.features = features;
  for (const [key, list] of Object.entries(lists)) /** @type {any} */ (parts)[key] = new Map(list.map((item) => [item.name, item]));
  /** The public object. Pages reach the class as `pathfora.constructor`; what it knows of the page is one for all instances. */
  class Pathfora {
    constructor() {
      parts.pathfora = this;
      Object.assign(this, { version: VERSION, callbacks: [], acctid: "", locale: "en-US", ...initializers, clearById }, ...ask("api"));
      for (const { name, factory: key } of parts.types.values()) parts.pathfora[key] = factory(name);
      ask("start");
      loadStylesheet();
    }

    /** @param {string} [id] */
    explain(id) {
      return explain(id);
    }
  }
  page.pathfora ||= new Pathfora();
}

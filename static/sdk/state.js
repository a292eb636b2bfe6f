/** @import { Batch, Condition, Feature, FormElement, Layout, LiveWidget, WidgetType } from "./types" */

/** What the build is made of, by name, and the public object. Filled at construction; conditions are in order of evaluation. */
export const parts =
  /** @type {{pathfora: any, types: Map<string, WidgetType>, layouts: Map<string, Layout>, conditions: Map<string, Condition>, formElements: Map<string, FormElement>, features: Feature[]}} */ ({});

/** Widgets that hold their id, by id: they wait, are open, or are on their way out. @type {Map<string, LiveWidget>} */
export const liveWidgets = new Map();

/** Targeted widgets that wait for the visitor to be known. @type {Set<Batch>} */
export const batches = new Set();

/** The live defaults of all widgets and of each type; configurations given to `initializeWidgets` go on top. @type {Record<string, any>} */
export const defaults = {};

/** What `getDataObject()` answers (widgets.md 6.4). @type {Record<string, any>} */
export const data = {};

/** What `getWidgetDependencies()` answers (widgets.md 1.3). @type {Record<string, {segment?: (string | undefined)[], entityField?: string[]}>} */
export const dependencies = /** @type {any} */ ({ __proto__: null });

/** Which manual triggers were pulled (widgets.md 3.12). */
export const triggered = { all: false, /** @type {Set<string>} */ ids: new Set() };

/** `round` changes with `clearAll`: what was under way then is over. */
export const session = { round: {} };

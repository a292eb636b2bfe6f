import { ask } from "./features.js";
import { updateObject } from "./objects.js";
import { defaults, parts } from "./state.js";

/** What every widget starts from, and each type's own (widgets.md 2.2): made when the first widget asks, as pages without any need none. */
export function knownDefaults() {
  if (!defaults.generic) {
    defaults.generic = Object.assign({ className: "pathfora", branding: false, responsive: true, headline: "" }, ...ask("defaults"));
    for (const { name, defaults: own } of parts.types.values()) updateObject(defaults, { [name]: own });
  }
  return defaults;
}

/**
 * Calls `window.liosetup.callback`, a function or a list of them, with each entity (tag.md 7.1). Callbacks of tag v2
 * expected its flat data; those that page authors still have are written for the entity, which is what they get.
 */

import { config } from "../settings.js";

/** @import { PluginBody } from "../types.js" */

/** @type {PluginBody} */
export function legacyLiosetupCallback(plugin) {
  plugin.ns("legacyLiosetupCallback");
  plugin.on("entity.loaded", (_topic, entity) => {
    const setup = /** @type {any} */ (window)[config().lio?.global ?? "liosetup"];
    for (const callback of [setup?.callback].flat()) {
      plugin.guard(callback, entity);
    }
  });
}

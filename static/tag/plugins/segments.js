/**
 * The visitor's audiences: of the entity, else as last seen in `segments.storage`, else `segments.defaultSegments`
 * (tag.md 7.3). `disabled: true` turns the memory off, not the methods.
 *
 * What is remembered goes when the visitor's cookies are cleared or the page sets another id: it is not theirs.
 */

import { segmentsOf } from "../profile.js";

/** @import { PluginBody } from "../types.js" */

/** @type {PluginBody} */
export function segments(plugin, instance) {
  plugin.ns("segments").defaults({
    segments: { disabled: false, storageKey: "lytics_segments", storage: localStorageOrNone(), defaultSegments: ["all"] },
  });
  let visitor = "";

  function remembered() {
    const { storage, storageKey, disabled } = plugin.options();
    try {
      const list = disabled ? undefined : JSON.parse(storage.getItem(storageKey));
      return Array.isArray(list) ? list : undefined;
    } catch {
      return undefined; // Closed, or somebody else's text: as good as nothing.
    }
  }

  /** @param {string[] | undefined} list */
  function remember(list) {
    const { storage, storageKey } = plugin.options();
    try {
      if (list) storage.setItem(storageKey, JSON.stringify(list));
      else storage.removeItem(storageKey);
    } catch {
      // Closed or full: the next page starts from the default.
    }
  }

  function getSegments() {
    return [...(segmentsOf(instance.getEntity()) ?? remembered() ?? plugin.options().defaultSegments)];
  }

  plugin.on("entity.loaded", (_topic, entity) => {
    const list = segmentsOf(entity);
    if (list) remember(list);
  });
  plugin.on("cookies.cleared", () => remember(undefined));
  plugin.on("getid", (_topic, id) => {
    if (visitor && visitor !== id) remember(undefined);
    visitor = id;
  });
  plugin
    .method("getSegments", getSegments)
    .method("loadSegments", (use) => instance.loadEntity(() => typeof use === "function" && use(getSegments())));
}

/** @returns {Storage | undefined} undefined where the browser refuses even to name it */
function localStorageOrNone() {
  try {
    return window.localStorage;
  } catch {
    return undefined;
  }
}

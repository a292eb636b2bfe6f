/**
 * The visitor's audiences: of the entity, else as last seen in `segments.storage`, else `segments.defaultSegments`
 * (tag.md 7.3). `disabled: true` turns the memory off, not the methods.
 *
 * What is remembered goes when the visitor's cookies are cleared or the page sets another id: it is not theirs.
 */

import { segmentsOf } from "../profile.js";
import { dropItem, keepList, openStorage, readList } from "../storage.js";

/** @import { PluginBody } from "../types.js" */

/** @type {PluginBody} */
export function segments(plugin, instance) {
  plugin.ns("segments").defaults({
    segments: { disabled: false, storageKey: "lytics_segments", storage: openStorage(), defaultSegments: ["all"] },
  });
  let visitor = "";

  function forget() {
    const { storage, storageKey } = plugin.options();
    dropItem(storageKey, storage);
  }

  function getSegments() {
    const { storage, storageKey, disabled, defaultSegments } = plugin.options();
    const remembered = disabled ? undefined : readList(storageKey, storage);
    return [...(segmentsOf(instance.getEntity()) ?? remembered ?? defaultSegments)];
  }

  plugin.on("entity.loaded", (_topic, entity) => {
    const { storage, storageKey } = plugin.options();
    const list = segmentsOf(entity);
    if (list) keepList(storageKey, list, storage);
  });
  plugin.on("cookies.cleared", forget);
  plugin.on("lifecycle.teardown.requested", forget);
  plugin.on("getid", (_topic, id) => {
    if (visitor && visitor !== id) forget();
    visitor = id;
  });
  plugin
    .method("getSegments", getSegments)
    .method("loadSegments", (use) => instance.loadEntity(() => typeof use === "function" && use(getSegments())));
}

/**
 * The visitor's audiences: of the entity, else as last seen in `segments.storage`, else `segments.defaultSegments`
 * (tag.md 7.3). `disabled: true` turns the memory off, not the methods.
 *
 * What is remembered goes when the visitor's cookies are cleared or the page sets another id: it is not theirs.
 */

import { segmentsOf } from "../profile.js";
import { keepList, quietly, readList } from "../storage.js";

/** @import { PluginBody } from "../types.js" */

/** @type {PluginBody} */
export function segments(plugin, instance) {
  plugin.ns("segments").defaults({
    segments: { disabled: false, storageKey: "lytics_segments", storage: quietly(() => localStorage), defaultSegments: ["all"] },
  });
  let visitor = "";

  /** @param {string[]} [list] none to forget what was remembered */
  function remember(list) {
    const { storage, storageKey } = plugin.options();
    keepList(storageKey, list, storage);
  }

  function getSegments() {
    const { storage, storageKey, disabled, defaultSegments } = plugin.options();
    const remembered = disabled ? undefined : readList(storageKey, storage);
    return [...(segmentsOf(instance.getEntity()) ?? remembered ?? defaultSegments)];
  }

  plugin.on("entity.loaded", (_topic, entity) => {
    const list = segmentsOf(entity);
    if (list) remember(list);
  });
  plugin.on("cookies.cleared", () => remember());
  plugin.on("lifecycle.teardown.requested", () => remember());
  plugin.on("getid", (_topic, id) => {
    if (visitor && visitor !== id) remember();
    visitor = id;
  });
  plugin
    .method("getSegments", getSegments)
    .method("loadSegments", (use) => instance.loadEntity(() => typeof use === "function" && use(getSegments())));
}

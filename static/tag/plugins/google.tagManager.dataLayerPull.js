/**
 * Takes along what stands in Google Tag Manager's data layer (tag.md 7.5); what is pushed there later is sent when it
 * comes, as an event of its own. Of one key in several entries the latest value counts.
 */

import { TAG_MANAGER, layerData } from "../data_layer.js";
import { optIn } from "../opt_in.js";

/** @import { PluginBody, Tree } from "../types.js" */

/** @type {PluginBody} */
export function googleTagManagerDataLayerPull(plugin, instance) {
  const integrationName = "google.tagManager.dataLayerPull";
  const { global, segmentsKey } = optIn(plugin, integrationName, {}, TAG_MANAGER)();
  /** @type {unknown} */
  let watched;

  /** @param {any} layer */
  function watch(layer) {
    if (watched === layer) return;
    watched = layer;
    const push = layer.push;
    layer.push = (/** @type {unknown[]} */ ...entries) => {
      if (!plugin.options().disabled) for (const entry of entries) forward(entry);
      return push.apply(layer, entries);
    };
  }

  /** @param {unknown} entry */
  function forward(entry) {
    try {
      const data = layerData(entry, segmentsKey);
      if (!Object.keys(data).length) return;
      instance.send(data);
      plugin.emit("google.tagManager.dataLayerPulled");
    } catch (error) {
      plugin.carp(error);
    }
  }

  plugin.pullIntegration({
    integrationName,
    globalVariableName: global,
    success(blank, layer) {
      watch(layer);
      Object.assign(blank, ...layer.map((/** @type {Tree} */ entry) => layerData(entry, segmentsKey)));
      plugin.emit("google.tagManager.dataLayerPulled");
    },
  });
}

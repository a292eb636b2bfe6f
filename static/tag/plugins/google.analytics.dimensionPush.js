/**
 * Sets a custom dimension of Universal Analytics to the visitor's audiences, comma-separated, and sends an event that
 * does not count as interaction (tag.md 7.5).
 *
 * The shape of `google.analytics.properties` is UNKNOWN: here `{property, dimension}`, where `property` is a tracker's
 * name, none for the default tracker, and `dimension` is `dimension5` or the like.
 */

import { pushAudiences } from "../audience_push.js";

/** @import { PluginBody } from "../types.js" */

const DIMENSION = "google.analytics.dimensionPush";

/** @type {PluginBody} */
export function googleAnalyticsDimensionPush(plugin) {
  plugin
    .ns(DIMENSION)
    .defaults({
      google: { analytics: { global: "ga", properties: [], dimensionPush: { disabled: true, eventCategory: "lytics" } } },
    })
    .mustEnable();
  const { eventCategory } = plugin.options();
  const { global, properties } = plugin.config().google.analytics;
  pushAudiences(plugin, DIMENSION, global, (ga, slugs) => {
    const value = slugs.join();
    try {
      if (!properties.length) throw new Error("google.analytics.properties is empty: add {dimension: 'dimension1'}");
      for (const { property, dimension } of properties) {
        const tracker = property ? `${property}.` : "";
        plugin.emit(`${DIMENSION}.set.requested`, { property, dimension, value });
        ga(`${tracker}set`, dimension, value);
        plugin.emit(`${DIMENSION}.send.requested`, { property });
        ga(`${tracker}send`, "event", { eventCategory, eventAction: "audiences", nonInteraction: true });
      }
    } catch (error) {
      plugin.emit(`${DIMENSION}.failed`);
      throw error;
    }
    plugin.emit(`${DIMENSION}.done`);
  });
}

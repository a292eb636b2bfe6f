/**
 * Sets a custom dimension of Universal Analytics to the visitor's audiences, comma-separated, and sends an event that
 * does not count as interaction (tag.md 7.5).
 *
 * The shape of `google.analytics.properties` is UNKNOWN: here `{property, dimension}`, where `property` is a tracker's
 * name, none for the default tracker, and `dimension` is `dimension5` or the like.
 */

import { audiencePush } from "../audience_push.js";

/** @import { PluginBody } from "../types.js" */

/** @type {PluginBody} */
export function googleAnalyticsDimensionPush(plugin) {
  audiencePush(
    plugin,
    "google.analytics.dimensionPush",
    (ga, slugs, { eventCategory, properties }, tell) => {
      const value = slugs.join();
      try {
        if (!properties.length) throw new Error("no google.analytics.properties");
        for (const { property, dimension } of properties) {
          const tracker = property ? `${property}.` : "";
          tell("set.requested", { property, dimension, value });
          ga(`${tracker}set`, dimension, value);
          tell("send.requested", { property });
          ga(`${tracker}send`, "event", { eventCategory, eventAction: "audiences", nonInteraction: true });
        }
      } catch (error) {
        tell("failed");
        throw error;
      }
      tell("done");
    },
    { eventCategory: "lytics" },
    { global: "ga", properties: [] },
  );
}

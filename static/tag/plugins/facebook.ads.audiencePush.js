/**
 * Tells the Meta pixel of the visitor's audiences in one event, `{slug: "true"}` (tag.md 7.5).
 *
 * The form of the call is UNKNOWN: `trackCustom`, because the pixel takes events of one's own only there. `global` is
 * our addition. Without an audience there is no event.
 */

import { audiencePush } from "../audience_push.js";

/** @import { PluginBody } from "../types.js" */

/** @type {PluginBody} */
export function facebookAdsAudiencePush(plugin) {
  audiencePush(
    plugin,
    "facebook.ads.audiencePush",
    (fbq, slugs, { eventName }, tell) => {
      if (!slugs.length) return;
      const hash = Object.fromEntries(slugs.map((slug) => [slug, "true"]));
      fbq("trackCustom", eventName, hash);
      tell("done", hash);
    },
    { eventName: "Lytics Audiences", global: "fbq" },
  );
}

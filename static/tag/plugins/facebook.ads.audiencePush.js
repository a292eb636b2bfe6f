/**
 * Tells the Meta pixel of the visitor's audiences in one event, `{slug: "true"}` (tag.md 7.5).
 *
 * The form of the call is UNKNOWN: `trackCustom`, because the pixel takes events of one's own only there. `global` is
 * our addition. Without an audience there is no event.
 */

import { pushAudiences } from "../audience_push.js";

/** @import { PluginBody } from "../types.js" */

const FACEBOOK = "facebook.ads.audiencePush";

/** @type {PluginBody} */
export function facebookAdsAudiencePush(plugin) {
  plugin
    .ns(FACEBOOK)
    .defaults({ facebook: { ads: { audiencePush: { disabled: true, eventName: "Lytics Audiences", global: "fbq" } } } })
    .mustEnable();
  const { eventName, global } = plugin.options();
  pushAudiences(plugin, FACEBOOK, global, (fbq, slugs) => {
    if (!slugs.length) return;
    const hash = Object.fromEntries(slugs.map((slug) => [slug, "true"]));
    fbq("trackCustom", eventName, hash);
    plugin.emit(`${FACEBOOK}.done`, hash);
  });
}

/**
 * Sets Google Ad Manager's page targeting to the visitor's audiences (tag.md 7.5). It refreshes no slot: a page that
 * shows ads before the profile is there decides itself whether to load them twice.
 */

import { pushAudiences } from "../audience_push.js";

/** @import { PluginBody } from "../types.js" */

const DFP = "google.dfp.audiencePush";

/** @type {PluginBody} */
export function googleDfpAudiencePush(plugin) {
  plugin
    .ns(DFP)
    .defaults({ google: { dfp: { global: "googletag", audiencePush: { disabled: true, targeting: "LyticsSegments" } } } })
    .mustEnable();
  pushAudiences(plugin, DFP, plugin.config().google.dfp.global, (googletag, slugs) => {
    const { targeting } = plugin.options();
    (googletag.cmd ||= []).push(() => plugin.guard(() => googletag.pubads().setTargeting(targeting, slugs)));
  });
}

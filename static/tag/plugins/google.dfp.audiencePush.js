/**
 * Sets Google Ad Manager's page targeting to the visitor's audiences (tag.md 7.5). It refreshes no slot: a page that
 * shows ads before the profile is there decides itself whether to load them twice.
 */

import { audiencePush } from "../audience_push.js";

/** @import { PluginBody } from "../types.js" */

/** @type {PluginBody} */
export function googleDfpAudiencePush(plugin) {
  audiencePush(
    plugin,
    "google.dfp.audiencePush",
    (googletag, slugs, { targeting }) => {
      const target = () => googletag.pubads().setTargeting(targeting, slugs);
      (googletag.cmd ||= []).push(() => plugin.guard(target));
    },
    { targeting: "LyticsSegments" },
    { global: "googletag" },
  );
}

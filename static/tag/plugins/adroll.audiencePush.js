/** Tells AdRoll's pixel of each audience, as `{adroll_segments: "lytics_<slug>"}` (tag.md 7.5). */

import { pushAudiences } from "../audience_push.js";

/** @import { PluginBody } from "../types.js" */

const ADROLL = "adroll.audiencePush";

/** @type {PluginBody} */
export function adrollAudiencePush(plugin) {
  plugin.ns(ADROLL).defaults({ adroll: { audiencePush: { disabled: true, global: "__adroll" } } }).mustEnable();
  pushAudiences(plugin, ADROLL, plugin.options().global, (pixel, slugs) => {
    for (const slug of slugs) pixel.record_user({ adroll_segments: `lytics_${slug}` });
    plugin.emit(`${ADROLL}.done`);
  });
}

/** Tells AdRoll's pixel of each audience, as `{adroll_segments: "lytics_<slug>"}` (tag.md 7.5). */

import { audiencePush } from "../audience_push.js";

/** @import { PluginBody } from "../types.js" */

/** @type {PluginBody} */
export function adrollAudiencePush(plugin) {
  audiencePush(
    plugin,
    "adroll.audiencePush",
    (pixel, slugs, _options, tell) => {
      for (const slug of slugs) pixel.record_user({ adroll_segments: `lytics_${slug}` });
      tell("done");
    },
    { global: "__adroll" },
  );
}

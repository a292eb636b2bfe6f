/**
 * Pushes the visitor's audiences to the data layer under `segmentsKey` (tag.md 7.5). The exact object is UNKNOWN: here
 * `{slug: slug}`, as older tags wrote it, so that a variable `lytics_segments.vip` has a value just for members.
 */

import { audiencePush } from "../audience_push.js";
import { TAG_MANAGER } from "../data_layer.js";

/** @import { PluginBody } from "../types.js" */

/** @type {PluginBody} */
export function googleTagManagerAudiencePush(plugin) {
  audiencePush(
    plugin,
    "google.tagManager.audiencePush",
    (layer, slugs, { segmentsKey }) => {
      layer.push({ [segmentsKey]: Object.fromEntries(slugs.map((slug) => [slug, slug])) });
      plugin.emit("google.tagManager.audiencePushed");
    },
    {},
    TAG_MANAGER,
  );
}

/**
 * Shows an experience, or a variation of a legacy campaign, that is not published (tag.md 7.4): the one that the page's
 * address names, else the one of `id`.
 *
 * A preview is for its author, so it shows to everyone, whatever audience it is for. It comes after what is published,
 * whose configuration script uses the same global variable, and takes the place of widgets with the same id.
 * What `format` stands for is UNKNOWN; nothing here reads it.
 */

import { pageHref } from "../automatic_fields.js";
import { initialise, widgetIds } from "../candidates.js";
import { optIn } from "../opt_in.js";
import { waitFor } from "../polling.js";
import { loadScript } from "../script.js";
import { encodeText } from "../serializer.js";
import { config, urlOf } from "../settings.js";

/** @import { PluginBody, Tree } from "../types.js" */

/** @type {PluginBody} */
export function pathforaPreview(plugin) {
  const kind = (/** @type {string} */ previewKey, /** @type {string} */ path) => ({
    previewKey,
    src: `{url}/api/${path}/preview/{cid}/{id}/config.js`,
  });
  optIn(plugin, "pathfora.preview", {
    global: "pathfora",
    polling: { retries: 5 },
    variation: kind("lytics_variation_preview_id", "program/campaign/variation"),
    experience: kind("lytics_preview_id", "experience"),
  });

  function start() {
    const { variation, experience } = plugin.options();
    const query = new URL(pageHref(), location.href).searchParams;
    for (const { previewKey, id, src } of [variation, experience]) {
      const wanted = query.get(previewKey) ?? id;
      if (wanted) loadScript(urlOf(src.replaceAll("{id}", encodeText(wanted))), awaitSdk, plugin.carp);
    }
  }

  function awaitSdk() {
    const { global, polling } = plugin.options();
    const experiences = (/** @type {any} */ (window)._pfacfg?.experiences ?? []).map((/** @type {Tree} */ item) => ({
      ...item,
      audience: "*",
      exclude: [],
    }));
    waitFor({
      ...polling,
      property: global,
      success(sdk) {
        sdk.clearById(experiences.flatMap(widgetIds));
        initialise(plugin, sdk, experiences);
        plugin.emit("pathfora.preview.done");
      },
      failure: () => plugin.emit("pathfora.preview.sdkNotDetected"),
    });
  }

  plugin.on("pathfora.publish.done", start);
  plugin.ready(() => {
    if (config().pathfora.publish?.disabled !== false) start();
  });
}

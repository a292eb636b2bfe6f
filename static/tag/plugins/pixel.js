/** Images that tell another server of a visit: `plugin.pixel({src, success, failure})` (tag.md 7.2). */

/** @import { Plugin, PluginBody } from "../types.js" */

/** @type {PluginBody} */
export function pixel(plugin) {
  plugin.extend("pixel", /** @this {Plugin} */ function ({ src, success, failure }) {
    const image = document.createElement("img");
    const settle = (/** @type {string} */ topic, /** @type {(() => unknown) | undefined} */ then) => () => {
      plugin.emit(topic, src);
      this.guard(then);
    };
    image.alt = "";
    image.hidden = true;
    image.onload = settle("pixel.succeeded", success);
    image.onerror = settle("pixel.failed", failure);
    image.src = src;
    (document.body || document.documentElement).append(image);
    return this;
  });
}

/** Images that tell another server of a visit: `plugin.pixel({src, success, failure})` (tag.md 7.2). */

import { add } from "../nodes.js";

/** @import { Plugin, PluginBody } from "../types.js" */

/** @type {PluginBody} */
export function pixel(plugin) {
  plugin.extend("pixel", /** @this {Plugin} */ function ({ src, success, failure }) {
    const settle = (/** @type {string} */ topic, /** @type {unknown} */ then) => () => {
      plugin.emit(topic, src);
      this.guard(then);
    };
    const onload = settle("pixel.succeeded", success);
    const onerror = settle("pixel.failed", failure);
    add("img", { alt: "", hidden: true, onload, onerror, src });
    return this;
  });
}

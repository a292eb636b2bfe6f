/** Images that tell another server of a visit: `plugin.pixel({src, success, failure})` (tag.md 7.2). */

import { add } from "../nodes.js";

/** @import { Plugin, PluginBody } from "../types.js" */

/** @type {PluginBody} */
export function pixel(plugin) {
  plugin.extend("pixel", /** @this {Plugin} */ function ({ src, success, failure }) {
    const onload = () => {
      plugin.emit("pixel.succeeded", src);
      this.guard(success);
    };
    const onerror = () => {
      plugin.emit("pixel.failed", src);
      this.guard(failure);
    };
    add("img", { hidden: true, onload, onerror, src });
    return this;
  });
}

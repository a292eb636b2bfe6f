/** `jstag.backingInstance()`, for looking behind the readable build; the minified one is without it (tag.md 7.1). */

/** @import { PluginBody } from "../types.js" */

/** @type {PluginBody} */
export function backingInstance(plugin, instance) {
  plugin.method("backingInstance", () => instance);
}

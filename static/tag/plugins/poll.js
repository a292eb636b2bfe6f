/** Waiting for a property, for the page's plugins: `plugin.poll({property, success, failure})` (tag.md 7.1). */

import { pollDefaults, waitFor } from "../polling.js";

/** @import { PluginBody } from "../types.js" */

/** @type {PluginBody} */
export function poll(plugin) {
  pollDefaults();
  plugin.extend("poll", waitFor);
}

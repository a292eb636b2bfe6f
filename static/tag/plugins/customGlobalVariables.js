/** Takes global variables along, `a.b` being a property of one, under `payloadNamespace` (tag.md 7.2). */

import { optIn } from "../opt_in.js";

/** @import { PluginBody } from "../types.js" */

/** @type {PluginBody} */
export function customGlobalVariables(plugin) {
  const { globals, payloadNamespace } = optIn(plugin, "customGlobals", {
    globals: [],
    payloadNamespace: "lyticsDataLayer",
  })();
  for (const name of globals) plugin.pullGlobalVariable(name, `${payloadNamespace}.${name}`);
}

/** Takes global variables along, `a.b` being a property of one, under `payloadNamespace` (tag.md 7.2). */

/** @import { PluginBody } from "../types.js" */

/** @type {PluginBody} */
export function customGlobalVariables(plugin) {
  plugin
    .ns("customGlobals")
    .defaults({ customGlobals: { globals: [], disabled: true, payloadNamespace: "lyticsDataLayer" } })
    .mustEnable();
  const { globals, payloadNamespace } = plugin.options();
  for (const name of globals) plugin.pullGlobalVariable(name, `${payloadNamespace}.${name}`);
}

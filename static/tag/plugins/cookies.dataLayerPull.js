/** Takes the cookies of `customCookieKeys` along, under their own names; one that is not there is left out (tag.md 7.2). */

import { readCookie } from "../cookie_jar.js";

/** @import { PluginBody } from "../types.js" */

/** @type {PluginBody} */
export function cookiesDataLayerPull(plugin) {
  plugin
    .ns("cookies.dataLayerPull")
    .defaults({ cookies: { dataLayerPull: { disabled: false, customCookieKeys: [] } } })
    .mustEnable()
    .pullIntegration({
      integrationName: "cookies.dataLayerPull",
      success(blank) {
        for (const name of plugin.options().customCookieKeys) {
          const value = readCookie(name);
          if (value) blank[name] = value;
        }
      },
    });
}

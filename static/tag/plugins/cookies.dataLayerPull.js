/** Takes the cookies of `customCookieKeys` along, under their own names; one that is not there is left out (tag.md 7.2). */

import { readCookie } from "../cookie_jar.js";
import { optIn } from "../opt_in.js";

/** @import { PluginBody } from "../types.js" */

/** @type {PluginBody} */
export function cookiesDataLayerPull(plugin) {
  const integrationName = "cookies.dataLayerPull";
  const options = optIn(plugin, integrationName, { disabled: false, customCookieKeys: [] });
  plugin.pullIntegration({
    integrationName,
    success(blank) {
      for (const name of options().customCookieKeys) {
        const value = readCookie(name);
        if (value) blank[name] = value;
      }
    },
  });
}

/**
 * Adds the visitor's audiences to AddThis's cookie, a comma-separated list (tag.md 7.5). AddThis's own entries stay.
 *
 * How AddThis reads them is UNKNOWN. A visitor who has no such cookie gets none: it is AddThis's to make, so
 * `cookieNotDetected` ends there, without `pushed`.
 */

import { pushAudiences } from "../audience_push.js";
import { readCookie } from "../cookie_jar.js";

/** @import { PluginBody } from "../types.js" */

const ADDTHIS = "addThis.audiencePush";
const YEAR = 31536000;

/** @type {PluginBody} */
export function addThisAudiencePush(plugin, instance) {
  plugin
    .ns(ADDTHIS)
    .defaults({ addThis: { audiencePush: { disabled: true, cookie: "__attag", global: "addthis" } } })
    .mustEnable();
  const { cookie, global } = plugin.options();
  pushAudiences(plugin, ADDTHIS, global, (_addthis, slugs) => {
    plugin.emit(`${ADDTHIS}.detected`);
    const old = readCookie(cookie);
    if (!old) return plugin.emit(`${ADDTHIS}.cookieNotDetected`);
    plugin.emit(`${ADDTHIS}.cookieDetected`, cookie);
    instance.setCookie(cookie, [...new Set([...old.split(","), ...slugs])].join(), YEAR);
    return plugin.emit(`${ADDTHIS}.cookieUpdated`, cookie).emit(`${ADDTHIS}.pushed`);
  });
}

/**
 * Adds the visitor's audiences to AddThis's cookie, a comma-separated list (tag.md 7.5). AddThis's own entries stay.
 *
 * How AddThis reads them is UNKNOWN. A visitor who has no such cookie gets none: it is AddThis's to make, so
 * `cookieNotDetected` ends there, without `pushed`.
 */

import { audiencePush } from "../audience_push.js";
import { readCookie } from "../cookie_jar.js";

/** @import { PluginBody } from "../types.js" */

const YEAR = 31536000;

/** @type {PluginBody} */
export function addThisAudiencePush(plugin, instance) {
  audiencePush(
    plugin,
    "addThis.audiencePush",
    (_addthis, slugs, { cookie }, tell) => {
      tell("detected");
      const old = readCookie(cookie);
      if (!old) return tell("cookieNotDetected");
      tell("cookieDetected", cookie);
      instance.setCookie(cookie, [...new Set([...old.split(","), ...slugs])].join(), YEAR);
      tell("cookieUpdated", cookie);
      return tell("pushed");
    },
    { cookie: "__attag", global: "addthis" },
  );
}

/**
 * Consent (tag.md 8.6; the vendor's tag has no such thing, so all of this is off until a page asks for it).
 *
 * `consent.required: true` keeps the tag still until `jstag.consent(true)`: no request, no cookie, no key in a storage;
 * calls wait. With it a browser that sends Global Privacy Control or Do Not Track is a refusal whatever the page says,
 * unless `consent.gpc` or `consent.dnt` is false. `jstag.consent(false)` withdraws, required or not: the tag stops, and
 * what it has stored goes. The choice itself is not stored: the page's consent manager keeps it and says it each time.
 */

import { dropCookie } from "./cookie_jar.js";
import { OUTBOX_KEY, keepList } from "./storage.js";

/** @import { Tree } from "./types.js" */

/**
 * @param {Tree} options `config.consent`
 * @param {boolean | undefined} granted what the page has said
 * @returns {boolean | undefined} whether the tag may run; undefined when nobody has said yet
 */
export function mayRun({ required, gpc, dnt }, granted) {
  const { globalPrivacyControl, doNotTrack } = /** @type {any} */ (navigator);
  if (required && ((gpc && globalPrivacyControl) || (dnt && doNotTrack === "1"))) return false;
  return granted ?? (required ? undefined : true);
}

/**
 * Remove what the tag keeps in this browser, also when it has not run on this page.
 *
 * @param {Tree} config
 */
export function forgetVisitor({ cookie, sesname, cookies, segments }) {
  for (const name of [cookie, sesname]) dropCookie(name, cookies?.domain ?? location.hostname);
  for (const key of [segments?.storageKey ?? "lytics_segments", OUTBOX_KEY]) keepList(key, undefined);
}

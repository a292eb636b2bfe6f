/**
 * Consent (tag.md 8.6; the vendor's tag has no such thing, so all of this is off until a page asks for it).
 *
 * `consent.required: true` keeps the tag still until `jstag.consent(true)`: no request, no cookie, no key in a storage;
 * calls wait. With it a browser that sends Global Privacy Control or Do Not Track is a refusal whatever the page says,
 * unless `consent.gpc` or `consent.dnt` is false. `jstag.consent(false)` withdraws, required or not: the tag stops, and
 * what it has stored goes. The choice itself is not stored: the page's consent manager keeps it and says it each time.
 */

import { dropCookie } from "./cookie_jar.js";
import { config, options } from "./settings.js";
import { keepList, OUTBOX_KEY } from "./storage.js";

/**
 * @param {boolean | undefined} granted what the page has said
 * @returns {boolean | undefined} whether the tag may run; undefined when nobody has said yet
 */
export function mayRun(granted) {
  const { required, gpc, dnt } = options("consent");
  const { globalPrivacyControl, doNotTrack } = /** @type {any} */ (navigator);
  return required ? !((gpc !== false && globalPrivacyControl) || (dnt !== false && doNotTrack > 0)) && granted : (granted ?? true);
}

/** Remove what the tag keeps in this browser, also when it has not run on this page. */
export function forgetVisitor() {
  const { cookie, sesname } = config();
  const { storageKey, storage } = options("segments");
  for (const name of [cookie, sesname]) dropCookie(name);
  keepList(storageKey, undefined, storage);
  keepList(OUTBOX_KEY);
}

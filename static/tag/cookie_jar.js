/** `document.cookie`, for pages where it may be closed: a sandboxed frame throws, a strict browser forgets. */

import { options } from "./settings.js";
import { quietly } from "./storage.js";

/**
 * The decoded value, "" when there is none. A value that was not encoded by us and cannot be decoded comes as it is.
 *
 * @param {string} name
 * @returns {string}
 */
export function readCookie(name) {
  const value = quietly(() => `; ${document.cookie}`.split(`; ${name}=`)[1]?.split("; ")[0]) ?? "";
  return quietly(() => decodeURIComponent(value)) ?? value;
}

/**
 * Cookies belong to `cookies.domain`, by default the page's host and so its sub-domains; on an address or a single-label
 * host, which cannot be a cookie domain, to the host alone.
 *
 * @param {string} name
 * @param {any} value made a string, then encoded
 * @param {number | undefined} seconds lifetime; none for a session cookie, negative to delete
 * @param {string} [domain] another one; "" for a cookie of this host alone
 */
export function writeCookie(name, value, seconds, domain = options("cookies").domain) {
  const text = `${name}=${encodeURIComponent(value)}; path=/${seconds == null ? "" : `; max-age=${seconds}`}${/\.[^.\d]/.test(domain) ? `; domain=${domain}` : ""}; samesite=lax${location.protocol === "https:" ? "; secure" : ""}`;
  // Where there are no cookies, whoever needs the value later reads it back and sees.
  quietly(() => (document.cookie = text));
}

/**
 * Delete a cookie of this host, and the one of the domain.
 *
 * @param {string} name
 */
export function dropCookie(name) {
  for (const scope of ["", undefined]) writeCookie(name, "", -60, scope);
}

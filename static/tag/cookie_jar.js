/** `document.cookie`, for pages where it may be closed: a sandboxed frame throws, a strict browser forgets. */

import { quietly } from "./storage.js";

/**
 * The decoded value, "" when there is none. A value that was not encoded by us and cannot be decoded comes as it is.
 *
 * @param {string} name
 * @returns {string}
 */
export function readCookie(name) {
  const pair = quietly(() => document.cookie.split("; ").find((entry) => entry.startsWith(`${name}=`)));
  const value = pair?.slice(name.length + 1) ?? "";
  return quietly(() => decodeURIComponent(value)) ?? value;
}

/**
 * @param {string} name
 * @param {unknown} value made a string, then encoded
 * @param {number | undefined} seconds lifetime; none for a session cookie, negative to delete
 * @param {string} [domain] none for a cookie of this host alone
 */
export function writeCookie(name, value, seconds, domain) {
  const expiry = seconds === undefined ? "" : `; max-age=${seconds}`;
  const scope = domain ? `; domain=${domain}` : "";
  const secure = location.protocol === "https:" ? "; secure" : "";
  const text = `${name}=${encodeURIComponent(String(value))}; path=/${expiry}${scope}; samesite=lax${secure}`;
  // Where there are no cookies, whoever needs the value later reads it back and sees.
  quietly(() => (document.cookie = text));
}

/**
 * Delete a cookie of this host, and the one of `domain`.
 *
 * @param {string} name
 * @param {string} domain
 */
export function dropCookie(name, domain) {
  for (const scope of ["", domain]) writeCookie(name, "", -60, scope);
}

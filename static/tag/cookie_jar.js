/** `document.cookie`, for pages where it may be closed: a sandboxed frame throws, a strict browser forgets. */

/**
 * The decoded value, "" when there is none. A value that was not encoded by us and cannot be decoded comes as it is.
 *
 * @param {string} name
 * @returns {string}
 */
export function readCookie(name) {
  const pair = allCookies()
    .split("; ")
    .find((entry) => entry.startsWith(`${name}=`));
  const value = pair ? pair.slice(name.length + 1) : "";
  try {
    return decodeURIComponent(value);
  } catch {
    return value;
  }
}

/**
 * @param {string} name
 * @param {unknown} value made a string, then encoded
 * @param {number | undefined} seconds lifetime; none for a session cookie, negative to delete
 * @param {string} domain "" for a cookie of this host alone
 */
export function writeCookie(name, value, seconds, domain) {
  const expiry = seconds === undefined ? "" : `; max-age=${seconds}`;
  const scope = domain ? `; domain=${domain}` : "";
  try {
    document.cookie = `${name}=${encodeURIComponent(String(value))}; path=/${expiry}${scope}; samesite=lax`;
  } catch {
    // No cookies here. Whoever needs the value later reads it back and sees.
  }
}

function allCookies() {
  try {
    return document.cookie;
  } catch {
    return "";
  }
}

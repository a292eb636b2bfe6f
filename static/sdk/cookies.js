import { decodeSafe } from "./uri.js";

/** The page's cookies; none in a frame that has no origin. */
function allCookies() {
  try {
    return document.cookie.split(/;\s*/);
  } catch {
    return [];
  }
}

/**
 * @param {string} name
 * @returns {string | null}
 */
export function readCookie(name) {
  const pairs = allCookies();
  for (const wanted of [encodeURIComponent(name), name]) {
    const pair = pairs.find((text) => text.startsWith(`${wanted}=`));
    if (pair) return decodeSafe(pair.slice(wanted.length + 1));
  }
  return null;
}

/**
 * @param {string} name
 * @param {string} value
 * @param {Date} [expires] default: with the browser session
 */
export function saveCookie(name, value, expires) {
  const secure = location.protocol === "https:" ? "; Secure" : "";
  const until = expires ? `; expires=${expires.toUTCString()}` : "";
  document.cookie = `${encodeURIComponent(name)}=${encodeURIComponent(value)}${until}; path=/; SameSite=Lax${secure}`;
}

/** @param {string} name */
export function deleteCookie(name) {
  saveCookie(name, "", new Date(1000));
}

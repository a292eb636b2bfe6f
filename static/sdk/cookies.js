import { decodeSafe } from "./uri.js";

/** The page's cookies; none in a frame that has no origin. */
export function allCookies() {
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
  const pairs = new Map(allCookies().map((cookie) => /** @type {[string, string]} */ (cookie.split(/=(.*)/))));
  const value = pairs.get(encodeURIComponent(name)) ?? pairs.get(name) ?? null;
  return value && decodeSafe(value);
}

/**
 * @param {string} name
 * @param {string} value
 * @param {Date} [expires] default: with the browser session
 */
export function saveCookie(name, value, expires) {
  document.cookie = `${encodeURIComponent(name)}=${encodeURIComponent(value)}; expires=${expires?.toUTCString() ?? 0}; path=/; SameSite=Lax`;
}

/** @param {string} name */
export function deleteCookie(name) {
  saveCookie(name, "", new Date(1000));
}

/** Asking the server with a payload: in the URL, or posted as the form field `_js` when that gets long (tag.md 5.2). */

/**
 * @param {string} url
 * @param {string} text
 * @returns {string} the URL with the payload in its query, "" when that is too long
 */
export function shortUrl(url, text) {
  if (url.length + text.length > 2000) return "";
  return text ? `${url}${url.includes("?") ? "&" : "?"}${text}` : url;
}

/** @param {string} text */
export function formOf(text) {
  return new URLSearchParams({ _js: text });
}

/**
 * @param {string} url
 * @param {string} text
 * @param {RequestInit} how
 * @returns {Promise<Response>}
 */
export function ask(url, text, how) {
  const short = shortUrl(url, text);
  return short ? fetch(short, how) : fetch(url, { ...how, method: "POST", body: formOf(text) });
}

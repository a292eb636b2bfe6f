/** Asking the server with a payload: in the URL, or posted as the form field `_js` when that gets long (tag.md 5.2). */

/** Longest URL and payload together, in characters, that go without a form. */
const URL_LIMIT = 2000;

/**
 * @param {string} url
 * @param {string} text
 * @returns {string} the URL with the payload in its query, "" when that is too long
 */
export function shortUrl(url, text) {
  if (url.length + text.length > URL_LIMIT) return "";
  return text ? `${url}${url.includes("?") ? "&" : "?"}${text}` : url;
}

/** @param {string} text */
export function formOf(text) {
  return new URLSearchParams({ _js: text });
}

/**
 * @param {string} url
 * @param {string} text
 * @param {RequestInit} options
 * @returns {Promise<Response>}
 */
export function ask(url, text, options) {
  const short = shortUrl(url, text);
  return short ? fetch(short, options) : fetch(url, { ...options, method: "POST", body: formOf(text) });
}

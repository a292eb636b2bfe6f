/** Asking the server for data that depends on a payload, such as a profile (tag.md 5.5). */

import { serialize } from "./serializer.js";

/** @import { Tree } from "./types.js" */

/** Longest URL, in characters, before the payload is posted instead. */
const URL_LIMIT = 2000;

/**
 * Fetch an answer of the vendor's JSON envelope, without credentials.
 *
 * @param {string} url
 * @param {Tree} payload in the query, or posted as `_js` when that gets too long
 * @param {AbortSignal} signal
 * @returns {Promise<Tree>} the answer's `data`; rejected for an error status, for text that is no JSON, and when aborted
 */
export async function fetchData(url, payload, signal) {
  const text = serialize(payload);
  const whole = text ? `${url}${url.includes("?") ? "&" : "?"}${text}` : url;
  /** @type {RequestInit} */
  const options = { credentials: "omit", cache: "no-store", signal };
  const response = await (whole.length <= URL_LIMIT
    ? fetch(whole, options)
    : fetch(url, { ...options, method: "POST", body: new URLSearchParams({ _js: text }) }));
  if (!response.ok) throw new Error(`the profile's server answered ${response.status} for ${url}`);
  return (await response.json()).data ?? {};
}

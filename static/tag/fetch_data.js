/** Asking the server for data that depends on a payload, such as a profile (tag.md 5.5). */

import { ask } from "./request.js";
import { serialize } from "./serializer.js";

/** @import { Tree } from "./types.js" */

/**
 * Fetch an answer of the vendor's JSON envelope, without credentials.
 *
 * @param {string} url
 * @param {Tree} payload in the query, or posted as `_js` when that gets too long
 * @param {AbortSignal} signal
 * @returns {Promise<Tree>} the answer's `data`; rejected for an error status, for text that is no JSON, and when aborted
 */
export async function fetchData(url, payload, signal) {
  const response = await ask(url, serialize(payload), { credentials: "omit", cache: "no-store", signal });
  if (!response.ok) throw new Error(`the profile's server answered ${response.status} for ${url}`);
  return (await response.json()).data ?? {};
}

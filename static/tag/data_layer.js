/** Google Tag Manager's data layer, which one plugin reads and another writes (tag.md 7.5). */

import { plainCopy } from "./data_pull.js";
import { isTree } from "./tree.js";

/** @import { Tree } from "./types.js" */

export const TAG_MANAGER = { global: "dataLayer", segmentsKey: "lytics_segments" };

/**
 * What an entry says about the visitor or the page: nothing when it is an event's bare name, a `gtag()` call, or what
 * we pushed ourselves. Tag Manager's bookkeeping (`gtm.start`) is left out.
 *
 * @param {unknown} entry
 * @param {string} segmentsKey
 * @returns {Tree}
 */
export function layerData(entry, segmentsKey) {
  if (!isTree(entry) || Symbol.iterator in entry || segmentsKey in entry) return {};
  const data = Object.entries(entry).filter(([key]) => !key.startsWith("gtm."));
  return data.length > 1 || !("event" in entry) ? plainCopy(Object.fromEntries(data)) : {};
}

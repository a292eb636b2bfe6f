/**
 * `jstag.recommend(options, callback)`: content for this visitor, always a list, empty when there is none or the request
 * fails (tag.md 5.6). `collection` goes out as `contentsegment`, a list as `key[]`, everything else by its own name.
 */

import { encodeText } from "../serializer.js";

/** @import { PluginBody } from "../types.js" */

/** @type {PluginBody} */
export function recommend(plugin) {
  plugin.ns("recommend").method("recommend", (options, callback) => {
    const { collection, ...others } = { ...options };
    const query = new URLSearchParams();
    for (const [key, value] of Object.entries({ contentsegment: collection, ...others })) {
      for (const one of [value ?? []].flat()) query.append(Array.isArray(value) ? `${key}[]` : key, one);
    }
    plugin.identity?.(async ({ id }) => {
      const { byFieldKey, byFieldValue = id, timeout } = plugin.config().entity;
      const path = `{url}/api/content/recommend/{cid}/user/${byFieldKey}/${encodeText(byFieldValue)}?${query}`;
      plugin.emit("recommend.requested", options);
      const documents = await fetchList(plugin.url(path), timeout).then(
        (list) => (plugin.emit("recommend.success", list), list),
        (error) => (plugin.emit("recommend.failure", error), []),
      );
      if (typeof callback === "function") plugin.guard(callback, documents);
    });
  });
}

/**
 * @param {string} url
 * @param {number} timeout
 * @returns {Promise<any[]>}
 */
async function fetchList(url, timeout) {
  const response = await fetch(url, { credentials: "omit", signal: AbortSignal.timeout(timeout) });
  const { data, message } = await response.json();
  if (!response.ok) throw new Error(`${url} answered ${response.status}: ${message}`);
  return data ?? [];
}

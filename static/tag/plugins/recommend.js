/**
 * `jstag.recommend(options, callback)`: content for this visitor, always a list, empty when there is none or the request
 * fails (tag.md 5.6). `collection` goes out as `contentsegment`, a list as `key[]`, everything else by its own name.
 */

import { encodeText } from "../serializer.js";
import { options, urlOf } from "../settings.js";
import { identity } from "./getid.js";

/** @import { PluginBody } from "../types.js" */

/** @type {PluginBody} */
export function recommend(plugin) {
  plugin.ns("recommend").method("recommend", (wanted, callback) => {
    const { collection, ...others } = { ...wanted };
    const query = new URLSearchParams();
    for (const [key, value] of Object.entries({ contentsegment: collection, ...others })) {
      for (const one of [value ?? []].flat()) query.append(Array.isArray(value) ? `${key}[]` : key, one);
    }
    identity(async ({ id }) => {
      const { byFieldKey, byFieldValue, timeout } = options("entity");
      const path = `{url}/api/content/recommend/{cid}/user/${byFieldKey}/${encodeText(byFieldValue || id)}?${query}`;
      let documents = [];
      plugin.emit("recommend.requested", wanted);
      try {
        const answer = await fetch(urlOf(path), { signal: AbortSignal.timeout(timeout) });
        const { data, message } = await answer.json();
        if (!answer.ok) throw new Error(`${path} answered ${answer.status}: ${message}`);
        plugin.emit("recommend.success", (documents = data ?? []));
      } catch (error) {
        plugin.emit("recommend.failure", error);
      }
      plugin.guard(callback, documents);
    });
  });
}

/**
 * What the entity plugin offers to others (tag.md 5.5, 7.3): `plugin.getEntityConfig()`, its options and the visitor's id
 * of now as `cookie` (the name is UNKNOWN), and `plugin.buildEntityUrl(method, payload)`, where the profile is asked: for
 * "GET" with the payload, unless that is too long, for "POST" without.
 */

import { shortUrl } from "../request.js";
import { serialize } from "../serializer.js";
import { options } from "../settings.js";
import { entityUrl } from "./entity.js";

/** @import { PluginBody } from "../types.js" */

/** @type {PluginBody} */
export function entityPlugin(plugin, instance) {
  plugin.extend("getEntityConfig", () => ({ ...options("entity"), cookie: instance.getCookieValue() }));
  plugin.extend("buildEntityUrl", (method, payload) => {
    const url = entityUrl(instance.getCookieValue());
    return (method === "GET" && shortUrl(url, serialize(payload))) || url;
  });
}

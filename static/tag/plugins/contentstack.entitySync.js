/**
 * Keeps the visitor's audiences and flow steps in cookies for Contentstack Personalize (tag.md 7.5), `|a|b|`.
 *
 * Flows are read from the profile's `flows`, `{flow: step}` (where the vendor has them is UNKNOWN). The cookie with the
 * visitor's id there is left alone when it exists: another id would be another visitor to Contentstack. All three go when the
 * visitor withdraws consent, that one when it has the tag's own id.
 */

import { contentstack } from "../contentstack.js";
import { readCookie } from "../cookie_jar.js";

/** @import { PluginBody } from "../types.js" */

/** @type {PluginBody} */
export function contentstackEntitySync(plugin, instance, config) {
  const own = { segmentsCookie: "cs-lytics-audiences", flowsCookie: "cs-lytics-flows", stateCookiesMaxAge: 604800 };
  /**
   * @param {string} name
   * @param {string} value
   */
  function set(name, value, seconds = plugin.options().stateCookiesMaxAge) {
    instance.setCookie(name, value, seconds, plugin.options().cookieDomain || undefined);
  }

  contentstack(plugin, instance, config, "entitySync", own, (state, last, keep) => {
    const { cookie, segmentsCookie, flowsCookie } = plugin.options();
    if (!readCookie(cookie)) instance.getid((/** @type {string} */ id) => set(cookie, id));
    const text = JSON.stringify(state);
    if (last === text && readCookie(segmentsCookie) === state.audiences) return;
    set(segmentsCookie, state.audiences);
    set(flowsCookie, state.flows);
    keep(text);
  });
  plugin.on("lifecycle.teardown.requested", () => {
    const { cookie, segmentsCookie, flowsCookie } = plugin.options();
    if (readCookie(cookie) === instance.getCookieValue()) set(cookie, "", -60);
    set(segmentsCookie, "", -60);
    set(flowsCookie, "", -60);
  });
}

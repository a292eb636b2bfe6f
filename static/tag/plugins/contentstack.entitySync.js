/**
 * Keeps the visitor's audiences and flow steps in cookies for Contentstack Personalize (tag.md 7.5), `|a|b|`.
 *
 * Flows are read from the profile's `flows`, `{flow: step}` (where the vendor has them is UNKNOWN). The cookie with the
 * visitor's id there is left alone when it exists: another id would be another visitor to Contentstack.
 */

import { contentstack, memory } from "../contentstack.js";
import { readCookie, writeCookie } from "../cookie_jar.js";

/** @import { PluginBody } from "../types.js" */

/** @type {PluginBody} */
export function contentstackEntitySync(plugin, instance, config) {
  const own = { segmentsCookie: "cs-lytics-audiences", flowsCookie: "cs-lytics-flows", stateCookiesMaxAge: 604800 };
  contentstack(plugin, instance, config, "entitySync", own, (state) => {
    const { cookie, segmentsCookie, flowsCookie, stateCookiesMaxAge, cookieDomain } = plugin.options();
    const set = (/** @type {string} */ name, /** @type {string} */ value) =>
      cookieDomain
        ? writeCookie(name, value, stateCookiesMaxAge, cookieDomain)
        : instance.setCookie(name, value, stateCookiesMaxAge);
    if (!readCookie(cookie)) instance.getid((/** @type {string} */ id) => set(cookie, id));
    const text = JSON.stringify(state);
    const { last, keep } = memory(plugin, "entitySync");
    if (last === text && readCookie(segmentsCookie) === state.audiences) return;
    set(segmentsCookie, state.audiences);
    set(flowsCookie, state.flows);
    keep(text);
  });
}

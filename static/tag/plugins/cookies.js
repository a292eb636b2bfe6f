/**
 * Cookie methods (tag.md 6). Cookies belong to `cookies.domain`, by default the page's host and so its sub-domains; on
 * an address or a single-label host, which cannot be a cookie domain, to the host alone.
 *
 * `cookies.read` is emitted for `jstag.getCookie`, not for the tag's own reading before each event.
 */

import { dropCookie, readCookie, writeCookie } from "../cookie_jar.js";

/** @import { PluginBody } from "../types.js" */

/** @type {PluginBody} */
export function cookies(plugin, instance) {
  plugin.ns("cookies").defaults({ cookies: { domain: location.hostname } });

  function domain() {
    const { domain } = plugin.options();
    return /\.[^.\d]/.test(domain) ? domain : "";
  }

  plugin
    .method("getCookie", (name) => {
      plugin.emit("cookies.read", name);
      return readCookie(name);
    })
    .method("setCookie", (name, value, seconds) => {
      if (!instance.isLoaded) return;
      writeCookie(name, value, seconds, domain());
      plugin.emit("cookies.written", name);
    })
    .method("deleteCookie", (name) => {
      dropCookie(name, domain());
      plugin.emit("cookies.deleted", name);
    })
    .method("clearCookies", () => {
      const { cookie, sesname } = plugin.config();
      instance.deleteCookie(cookie);
      instance.deleteCookie(sesname);
      plugin.emit("cookies.cleared");
    })
    .method("getCookieValue", () => instance.getCookie(plugin.config().cookie));
}

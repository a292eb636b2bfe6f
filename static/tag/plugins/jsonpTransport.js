/**
 * `jstag.jsonp(url, callback)`: a script's answer, called once and then gone (tag.md 3). The script is included as the
 * tag's others are, so it works where the page's policy asks for a nonce or for Trusted Types.
 */

import { loadScript } from "../script.js";

/** @import { PluginBody } from "../types.js" */

let calls = 0;

/** @type {PluginBody} */
export function jsonpTransport(plugin) {
  plugin.ns("jsonp").method("jsonp", (/** @type {string} */ url, callback) => {
    const page = /** @type {any} */ (window);
    const name = `jstag_jsonp_${Date.now()}_${calls++}`;
    /** @type {HTMLScriptElement | null | undefined} */
    let script = null;
    const clear = () => {
      delete page[name];
      script?.remove();
    };
    page[name] = (/** @type {unknown} */ data) => {
      clear();
      plugin.emit("jsonp.finished", url);
      plugin.guard(callback, data);
    };
    plugin.emit("jsonp.requested", url);
    script = loadScript(`${url}${url.includes("?") ? "&" : "?"}callback=${name}`, clear, (problem) => {
      clear();
      plugin.carp(problem);
    });
  });
}

/**
 * Loads the widget SDK, and after it the brand's stylesheet (tag.md 7.4).
 *
 * The SDK adds its own sheet when it runs. `css.src` comes as a further one behind it, so that the brand's rules win ties
 * in the cascade. A page that has the SDK already is left with it. `pathfora.install.done` means that `pathfora` can be
 * used: it waits for the stylesheet, but a stylesheet that fails is only reported; an SDK that fails is never done.
 * Of the vendor's three `disabled` switches the outer one is on by default; the inner two are off here, so that one
 * setting is enough to install.
 *
 * For sites that pin what they embed (tag.md 8.3): `sdk.integrity`, `css.integrity`, and in `sdk.css` the `src` and
 * `integrity` of the sheet that the SDK adds, unless the page has named its own in `window.PathforaCSS`.
 */

import { add, pinned } from "../nodes.js";
import { optIn } from "../opt_in.js";
import { loadScript } from "../script.js";
import { urlOf } from "../settings.js";

/** @import { PluginBody } from "../types.js" */

/** @type {PluginBody} */
export function pathforaInstall(plugin) {
  optIn(plugin, "pathfora.install", {
    disabled: true,
    global: "pathfora",
    sdk: { disabled: false, loaded: false, src: "{url}/static/pathfora.min.js" },
    css: { disabled: false, loaded: false },
  });
  let begun = false;

  function installSdk() {
    const { sdk, global } = plugin.options();
    const page = /** @type {any} */ (window);
    // Not now: `init` is running, and only after it does a snippet replay the page's `on`.
    if (page[global]) return queueMicrotask(sdkReady);
    if (sdk.css?.src && !page.PathforaCSS) {
      page.PathforaCSS = urlOf(sdk.css.src);
      page.PathforaCSSIntegrity = sdk.css.integrity;
    }
    return sdk.disabled || loadScript(urlOf(sdk.src), sdkReady, plugin.carp, sdk.integrity);
  }

  function sdkReady() {
    const { sdk, css } = plugin.options();
    sdk.loaded = true;
    plugin.emit("pathfora.install.sdk.succeeded");
    if (css.disabled || !css.src) return done();
    const onload = () => {
      css.loaded = true;
      plugin.emit("pathfora.install.css.succeeded");
      done();
    };
    const onerror = () => plugin.carp(`${css.src} could not be loaded`).emit("pathfora.install.done");
    return add("link", { ...pinned(css.integrity), rel: "stylesheet", href: urlOf(css.src), onload, onerror });
  }

  function done() {
    plugin.emit("pathfora.install.succeeded").emit("pathfora.install.done");
  }

  plugin.ready(() => {
    if (!begun) installSdk();
    begun = true;
  });
}

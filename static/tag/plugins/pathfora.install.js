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

import { loadScript } from "../script.js";
import { urlOf } from "../settings.js";

/** @import { PluginBody } from "../types.js" */

/** @type {PluginBody} */
export function pathforaInstall(plugin) {
  plugin
    .ns("pathfora.install")
    .defaults({
      pathfora: {
        install: {
          disabled: true,
          global: "pathfora",
          sdk: { disabled: false, loaded: false, src: "{url}/static/pathfora.min.js" },
          css: { disabled: false, loaded: false, src: undefined },
        },
      },
    })
    .mustEnable();
  let begun = false;

  function installSdk() {
    const { sdk, global } = plugin.options();
    // Not now: `init` is running, and only after it does a snippet replay the page's `on`.
    if (/** @type {any} */ (window)[global]) return queueMicrotask(sdkReady);
    if (sdk.disabled) return undefined;
    if (sdk.css?.src) nameStylesheet(urlOf(sdk.css.src), sdk.css.integrity);
    return loadScript(urlOf(sdk.src), sdkReady, plugin.carp, sdk.integrity);
  }

  function sdkReady() {
    const { sdk, css } = plugin.options();
    sdk.loaded = true;
    plugin.emit("pathfora.install.sdk.succeeded");
    if (css.disabled || !css.src) return done(true);
    return addStylesheet(
      urlOf(css.src),
      css.integrity,
      () => {
        plugin.options().css.loaded = true;
        plugin.emit("pathfora.install.css.succeeded");
        done(true);
      },
      () => {
        plugin.carp(`${css.src} could not be loaded: see the network log, and the page's style-src`);
        done(false);
      },
    );
  }

  /** @param {boolean} complete */
  function done(complete) {
    if (complete) plugin.emit("pathfora.install.succeeded");
    plugin.emit("pathfora.install.done");
  }

  plugin.ready(() => {
    if (!begun) installSdk();
    begun = true;
  });
}

/**
 * @param {string} href
 * @param {string} [integrity]
 */
function nameStylesheet(href, integrity) {
  const page = /** @type {any} */ (window);
  if (!page.PathforaCSS) Object.assign(page, { PathforaCSS: href, PathforaCSSIntegrity: integrity });
}

/**
 * @param {string} href
 * @param {string | undefined} integrity
 * @param {() => void} success
 * @param {() => void} failure
 */
function addStylesheet(href, integrity, success, failure) {
  const link = document.createElement("link");
  if (integrity) Object.assign(link, { integrity, crossOrigin: "anonymous" });
  Object.assign(link, { rel: "stylesheet", href, onload: success, onerror: failure });
  (document.head || document.documentElement).append(link);
}

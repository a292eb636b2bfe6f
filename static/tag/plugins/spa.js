/**
 * Route changes of single-page sites (tag.md 8.1; ours, off until enabled): does for a page what the manual recipe asks
 * of it. When the address has changed by `pushState`, `replaceState`, the back button or a fragment, a page view goes
 * out and the profile is loaded again, upon which `pathfora.publish` evaluates the experiences anew.
 *
 * It waits until the page's own code has run, so that the view has the new page's title and address, and several changes
 * in one go count once. The page's functions are called first, with all that they were given.
 */

import { optIn } from "../opt_in.js";

/** @import { PluginBody } from "../types.js" */

/** @type {PluginBody} */
export function spa(plugin, instance) {
  optIn(plugin, "spa");
  let seen = location.href;

  function look() {
    if (location.href === seen || plugin.options().disabled || !instance.isLoaded) return;
    seen = location.href;
    plugin.emit("spa.changed", seen);
    instance.pageView();
    instance.loadEntity();
  }

  for (const name of /** @type {const} */ (["pushState", "replaceState"])) {
    const original = history[name];
    history[name] = function (...values) {
      original.apply(this, values);
      setTimeout(look);
    };
  }
  addEventListener("popstate", () => setTimeout(look));
}

/**
 * Plugins that do nothing until they are enabled, at the account or on the page (tag.md 2.2). The account's tag has just
 * those that it enables, and so its settings say that once for all of them, by a `disabled: false` of their own.
 */

import { config, options } from "./settings.js";

/** @import { Plugin, Tree } from "./types.js" */

/**
 * Give a plugin its namespace and defaults, and end its body here when it is disabled, as it is by default.
 *
 * @param {Plugin} plugin
 * @param {string} name its namespace
 * @param {Tree} [own] its options' defaults
 * @param {Tree} [shared] defaults that it shares with its neighbours: they stand one level above
 * @returns {() => Tree} reads the options, its own and the shared ones
 */
export function optIn(plugin, name, own, shared) {
  const path = name.split(".");
  const last = /** @type {string} */ (path.pop());
  const above = { ...shared, [last]: { disabled: config().disabled !== false, ...own } };
  plugin
    .ns(name)
    .defaults(path.reduceRight((inner, key) => ({ [key]: inner }), above))
    .mustEnable();
  return () => ({ ...options(path.join(".")), ...plugin.options() });
}

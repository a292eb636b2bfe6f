/* eslint-disable no-console -- showing events on the console is what this plugin is for */
/**
 * Shows events (tag.md 7.1): every one that matches `topic` at level `verbose`, only complaints at level `carp`, none
 * at level `silent`. They go to the callback `audit.info`, or else to the console.
 *
 * The vendor's pages mention `audit.disabled: false` as a switch for this; it counts as `verbose`.
 */

/** @import { PluginBody, Unsubscribe } from "../types.js" */

/** @type {PluginBody} */
export function audit(plugin) {
  plugin.ns("audit").defaults({ audit: { topic: "*", level: "silent" } });
  /** @type {Unsubscribe | undefined} */
  let off;
  plugin.on("lifecycle.setup.requested", listen);
  listen();

  function listen() {
    const { topic, level, disabled, info = console.log } = plugin.options();
    off?.();
    if (level === "verbose" || disabled === false) off = plugin.on(topic, info);
    else if (level === "carp") off = plugin.on("*.carp", info);
  }
}

/** Hands complaints, the events `*.carp`, to the page's own callback `audit.carp` (tag.md 7.1). */

/** @import { PluginBody } from "../types.js" */

/** @type {PluginBody} */
export function auditCarp(plugin) {
  plugin.ns("audit");
  plugin.on("*.carp", (...event) => plugin.options().carp?.(...event));
}

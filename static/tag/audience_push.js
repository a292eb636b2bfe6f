/** Handing the visitor's audiences to a vendor's global variable (tag.md 7.5). */

import { optIn } from "./opt_in.js";
import { segmentsOf } from "./profile.js";

/** @import { Plugin, Tree } from "./types.js" */

/**
 * What a plugin does with the audiences. `tell` emits an event of its own; what it throws is reported.
 *
 * @typedef {(target: any, slugs: string[], options: Tree, tell: (step: string, payload?: unknown) => void) => unknown} Push
 */

/**
 * Push at each profile, once the variable `global` is there. A profile that says nothing of audiences pushes nothing.
 *
 * @param {Plugin} plugin
 * @param {string} name its namespace
 * @param {Push} push
 * @param {Tree} own defaults of its options
 * @param {Tree} [shared] defaults of the options one level above
 */
export function audiencePush(plugin, name, push, own, shared) {
  const options = optIn(plugin, name, own, shared);
  plugin.pushIntegration({
    integrationName: name,
    globalVariableName: options().global,
    success(entity, target) {
      const slugs = segmentsOf(entity);
      if (slugs) push(target, slugs, options(), (step, payload) => plugin.emit(`${name}.${step}`, payload));
    },
  });
}

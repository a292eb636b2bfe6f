/** Handing the visitor's audiences to a vendor's global variable (tag.md 7.5). */

import { segmentsOf } from "./profile.js";

/** @import { Plugin, Tree } from "./types.js" */

/**
 * Push at each profile, once the variable is there. A profile that says nothing of audiences pushes nothing.
 *
 * @param {Plugin} plugin
 * @param {string} integrationName
 * @param {string} globalVariableName
 * @param {(target: any, slugs: string[], entity: Tree) => void} push what it throws is reported
 */
export function pushAudiences(plugin, integrationName, globalVariableName, push) {
  plugin.pushIntegration({
    integrationName,
    globalVariableName,
    success(entity, target) {
      const slugs = segmentsOf(entity);
      if (slugs) push(target, slugs, entity);
    },
  });
}

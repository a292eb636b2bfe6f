/**
 * The integration framework (tag.md 7.1): pulls put the page's data into a blank, pushes hand the profile on.
 *
 * The first pull runs during `init` and rides on the first entity request; later requests pull afresh. With
 * `performPullAndSend` (UNKNOWN; taken by its name) what the first pull found is also sent as an event, and again after
 * another `init` only when it has changed. Pushes run after each `entity.loaded`; one that still waits for its global
 * variable when the next profile comes starts over with that. Integrations of a disabled plugin are left out.
 */

import { copyGlobal } from "../data_pull.js";
import { PULL, PUSH, createTask } from "../lio_task.js";

/** @import { IntegrationOptions } from "../integrations.js" */
/** @import { Plugin, PluginBody, Tree } from "../types.js" */

/** @type {PluginBody} */
export function lio(plugin, instance) {
  plugin.ns("lio").defaults({
    lio: {
      global: "liosetup",
      performPullAndSend: true,
      polling: { [PUSH]: { retries: 600, interval: 100 }, [PULL]: { retries: 0 } },
    },
  });
  /** @type {Record<string, string>} */
  const registry = {};
  /** @type {Array<{channel: string, owner: Plugin, run(subject: Tree, done: () => void): void, stop(): void}>} */
  const entries = [];
  /** @type {Tree | undefined} */
  let pulled;
  let sent = "{}";

  /**
   * @this {Plugin} the plugin that asks
   * @param {string} channel
   * @param {IntegrationOptions} options
   */
  function integration(channel, options) {
    entries.push({ channel, owner: this, ...createTask(plugin, this, channel, options, registry) });
    return this;
  }

  /**
   * @param {string} channel
   * @param {Tree} subject the blank or the entity
   */
  function stage(channel, subject) {
    const due = entries.filter((entry) => entry.channel === channel && !entry.owner.options().disabled);
    let left = due.length + 1;
    const finish = () => {
      if (--left) return;
      plugin.emit(`${channel}ed`).emit("lio.flushed", channel);
      if (channel === PUSH) plugin.emit("lio.done");
    };
    plugin.emit("lio.flush", channel).emit(channel, subject);
    for (const { run } of due) run(subject, finish);
    finish();
    return subject;
  }

  plugin
    .extend("integration", integration)
    .extend("pullGlobalVariable", /** @this {Plugin} */ function (name, as = name) {
      return this.pullIntegration({ integrationName: name, success: copyGlobal(name, as) });
    })
    .extend("pullIntegration", /** @this {Plugin} */ function (options) {
      return this.integration(PULL, options);
    })
    .extend("pushIntegration", /** @this {Plugin} */ function (options) {
      return this.integration(PUSH, options);
    });
  plugin
    .method("getIntegrationsRegistry", () => ({ ...registry }))
    .method("isIntegrationLoaded", (name) => registry[name] === "lio.success")
    .contribute((blank) => {
      Object.assign(blank, pulled ?? stage(PULL, {}));
      pulled = undefined;
    })
    .ready(() => {
      pulled = stage(PULL, {});
      const text = JSON.stringify(pulled);
      if (plugin.options().performPullAndSend && text !== sent) instance.send(pulled);
      sent = text;
    })
    .on("entity.loaded", (_topic, entity) => stage(PUSH, entity));
  plugin.on("lifecycle.teardown.requested", () => {
    for (const { stop } of entries) stop();
  });
}

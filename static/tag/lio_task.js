/**
 * One integration: waits for its global variable, runs, and keeps its status in the registry (tag.md 7.1).
 *
 * A push that fails complains on its own plugin's `carp`. So does a pull that throws, but not one whose variable is
 * missing, because a page may well lack what another page has.
 */

import { waitFor } from "./polling.js";

/** @import { IntegrationOptions, LioTask } from "./integrations.js" */
/** @import { Plugin, Tree } from "./types.js" */

export const PULL = "lio.pull";
export const PUSH = "lio.push";

/**
 * @param {Plugin} plugin the framework's own
 * @param {Plugin} owner
 * @param {string} channel
 * @param {IntegrationOptions} options
 * @param {Record<string, string>} registry
 */
export function createTask(plugin, owner, channel, options, registry) {
  const { integrationName, globalVariableName, polling, success, failure } = options;
  let stop = () => {};
  /** @type {LioTask} */
  const task = { channel, options, succeed: stop, fail: stop };
  registry[integrationName] = "lio.registered";
  plugin.emit("lio.registered", task);
  return { run, stop: () => stop() };

  /**
   * @param {Tree} subject
   * @param {() => void} done
   */
  function run(subject, done) {
    let open = true;
    /**
     * @param {string} status
     * @param {string} topic
     * @param {unknown} [problem]
     */
    function settle(status, topic, problem) {
      if (!open) return;
      open = false;
      registry[integrationName] = status;
      if (problem) owner.carp(problem);
      plugin.emit(topic, task).emit("lio.finished", task);
      done();
    }

    task.succeed = () => settle("lio.success", "lio.succeeded");
    task.fail = (/** @type {unknown} */ problem) => settle("lio.failure", "lio.failed", problem);
    /** @param {unknown} [value] of the global variable */
    const go = (value) => {
      try {
        success?.(subject, value);
        task.succeed();
      } catch (error) {
        task.fail(`${globalVariableName ? `window.${globalVariableName}: ` : ""}${error}`);
      }
    };
    const miss = () => {
      owner.guard(failure);
      task.fail(channel === PUSH && `window.${globalVariableName} is not there`);
    };
    stop();
    plugin.emit("lio.started", task);
    if (globalVariableName) {
      stop = waitFor({
        ...plugin.options().polling[channel],
        ...polling,
        property: globalVariableName,
        success: go,
        failure: miss,
      });
    } else go();
  }
}

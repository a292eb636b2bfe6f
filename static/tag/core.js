/**
 * The tag: `window.jstag` with the framework's own methods, and the plugins that give it all others.
 *
 * Works under the three snippets in the field (tag.md 1.1), which call `init` themselves and then replay their queue by
 * name, and without one.
 */

import { forgetVisitor, mayRun } from "./consent.js";
import { emit, guard, on, once, past } from "./emitter.js";
import { early, methods, tag, wait } from "./methods.js";
import { contributors, start, use } from "./plugin.js";
import { begin } from "./settings.js";
import { isTree } from "./tree.js";

/** @import { PluginBody, Tree } from "./types.js" */

/**
 * Install the tag, and wait for the page or its snippet to call `init`. A second copy of the script on a page puts the
 * first one's methods back (a second snippet has covered them) and reports itself on `audit.carp`.
 *
 * `init` may be called again after the configuration has changed: plugins that were disabled get another chance, those
 * that are set up start anew (the entity is fetched again), and nothing is doubled. It returns the tag.
 *
 * A plugin of every tag takes no argument: it only adds its methods, at once, so that early calls are kept for it.
 *
 * @param {Array<PluginBody | (() => void)>} plugins
 * @param {Tree} account the account's settings, the same tree as `jstag.config`; its `version` is sent as `_v`
 */
export function installTag(plugins, account) {
  if (tag.installed) return tag.installed();
  /** @type {boolean | undefined} */
  let granted;
  let begun = false;

  const init = (/** @type {Tree | undefined} */ argument) => {
    begun = true;
    begin(argument, account);
    if (mayRun(granted)) start();
    else stop();
    return tag;
  };

  const stop = () => {
    if (tag.isLoaded) {
      emit("lifecycle.teardown.requested");
      tag.isLoaded = false;
      emit("lifecycle.teardown.done");
    }
    if (mayRun(granted) === false) forgetVisitor();
  };

  const consent = (/** @type {unknown} */ given) => {
    if (given !== undefined) {
      if (granted === false) early.length = 0;
      granted = !!given;
      if (begun && !(given && tag.isLoaded)) /** @type {any} */ (init)();
    }
    return tag.isLoaded;
  };

  const install = () => Object.assign(tag, methods);
  Object.assign(methods, { init, use, on, once, call, pull, history: () => [...past], consent });
  for (const body of plugins) {
    if (body.length) use(body);
    else /** @type {() => void} */ (body)();
  }
  install();
  tag.isLoaded = false;
  tag.installed = () => {
    install();
    emit("audit.carp", "the tag is here twice");
  };
}

/**
 * @param {string} name
 * @param {unknown[]} values
 */
function call(name, ...values) {
  if (typeof tag[name] === "function") return tag[name](...values);
  return tag.isLoaded ? emit("call.carp", `jstag.${name} is not there`) : wait(name, values);
}

/** @param {any} sink a tree to be filled, or a function that is given one */
function pull(sink) {
  const tree = isTree(sink) ? sink : {};
  for (const code of tag.isLoaded ? contributors : []) guard("pull", code, tree);
  guard("pull", sink, tree);
}

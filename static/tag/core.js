/**
 * The tag: `window.jstag` with the framework's own methods, and the plugins that give it all others.
 *
 * Works under the three snippets in the field (tag.md 1.1), which call `init` themselves and then replay their queue by
 * name, and without one. The page's object is extended in place and never replaced.
 */

import { createEmitter } from "./emitter.js";
import { setUp } from "./plugin.js";
import { createSettings, frameworkDefaults } from "./settings.js";

/** @import { Host, PluginBody, Tag, Tree } from "./types.js" */

const INSTALLED = Symbol.for("understudy.tag");

/**
 * Names that a snippet stubs, or that pages call early. Until `init` they keep calls for later, so that a snippet's
 * replay finds each of them even where the account has left the plugin out.
 */
const EARLY =
  "send mock identify page pageView unblock getid setid loadEntity getEntity entityReady getSegments loadSegments";

/**
 * Install the tag, and wait for the page or its snippet to call `init`. A second copy of the script on a page puts the
 * first one's methods back (a second snippet has covered them) and reports itself on `audit.carp`.
 *
 * `init` may be called again after the configuration has changed: plugins that were disabled get another chance, those
 * that are set up start anew (the entity is fetched again), and nothing is doubled. It returns the tag.
 *
 * @param {PluginBody[]} plugins
 * @param {Tree} account the account's settings, the same tree as `jstag.config`
 * @param {string} version sent as `_v`
 */
export function installTag(plugins, account, version) {
  const page = /** @type {any} */ (window);
  const tag = /** @type {Tag} */ ((page.jstag ||= {}));
  const installed = /** @type {any} */ (tag)[INSTALLED];
  if (installed) return installed();

  const source = /** @type {HTMLScriptElement | null} */ (document.currentScript)?.src ?? "";
  const emitter = createEmitter();
  const settings = createSettings(tag, account, (config) => frameworkDefaults(config, source, version));
  /** @type {Host} */
  const host = { tag, emitter, settings, methods: {}, shared: {}, contributors: [], started: false };
  const entries = plugins.map((body) => ({ body }));
  /** @type {Array<[string, unknown[]]>} */
  const early = [];

  /** @type {Tag["init"]} */
  function init(config) {
    settings.begin(config);
    host.started = false;
    emitter.emit("lifecycle.setup.requested");
    for (const entry of entries) setUp(host, entry);
    for (const [name, values] of early.splice(0)) emitter.guard(`jstag.${name}`, () => call(name, ...values));
    host.started = tag.isLoaded = true;
    emitter.emit("lifecycle.setup.done");
    return tag;
  }

  /** @type {Tag["use"]} */
  function use(body) {
    const entry = { body };
    entries.push(entry);
    if (host.started) setUp(host, entry);
    return tag;
  }

  /** @type {Tag["call"]} */
  function call(name, ...values) {
    if (typeof tag[name] === "function") return tag[name](...values);
    if (tag.isLoaded) return emitter.emit("call.carp", `jstag.${name} is not a method of this tag`);
    return early.push([name, values]);
  }

  /** @type {Tag["pull"]} */
  function pull(sink) {
    for (const code of host.contributors) emitter.guard("jstag.pull", code, sink);
  }

  for (const name of EARLY.split(" ")) {
    host.methods[name] = (/** @type {unknown[]} */ ...values) => {
      if (!tag.isLoaded) early.push([name, values]);
    };
  }
  const { on, once, history } = emitter;
  Object.assign(host.methods, { init, use, on, once, call, pull, history });
  Object.assign(tag, host.methods, { isLoaded: false });
  Object.defineProperty(tag, INSTALLED, {
    value() {
      Object.assign(tag, host.methods);
      emitter.emit("audit.carp", "the tag's script is on this page twice; the second copy was ignored");
    },
  });
}

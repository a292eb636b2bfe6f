/**
 * The tag: `window.jstag` with the framework's own methods, and the plugins that give it all others.
 *
 * Works under the three snippets in the field (tag.md 1.1), which call `init` themselves and then replay their queue by
 * name, and without one. The page's object is extended in place and never replaced.
 */

import { forgetVisitor, mayRun } from "./consent.js";
import { createEmitter } from "./emitter.js";
import { setUp } from "./plugin.js";
import { createSettings } from "./settings.js";

/** @import { Host, PluginBody, Tag, Tree } from "./types.js" */

const INSTALLED = Symbol.for("understudy.tag");

/**
 * Names that a snippet stubs, or that pages call early. Until `init` they keep calls for later, so that a snippet's
 * replay finds each of them even where the account has left the plugin out.
 */
const EARLY =
  "send mock identify page pageView unblock getid setid loadEntity getEntity entityReady getSegments loadSegments";

/** How many calls wait for consent; of more the later ones are dropped. */
const PATIENCE = 200;

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
  const tag = /** @type {any} */ (/** @type {any} */ (window).jstag ||= {});
  if (tag[INSTALLED]) return tag[INSTALLED]();

  const emitter = createEmitter();
  const { emit, guard, on, once, history } = emitter;
  const source = /** @type {HTMLScriptElement | null} */ (document.currentScript)?.src ?? "";
  const settings = createSettings(tag, account, source, version);
  const entries = plugins.map((body) => ({ body }));
  const { early, stub, wait } = createWaitingRoom(() => !tag.isLoaded && granted !== false);
  /** @type {boolean | undefined} */
  let granted;
  let held = false;

  /** @type {Tag["init"]} */
  function init(config) {
    if (held) Object.assign(tag, methods);
    held = !mayRun(settings.begin(config).consent, granted);
    if (held) return stop();
    host.started = false;
    tag.isLoaded = true;
    emit("lifecycle.setup.requested");
    for (const entry of entries) setUp(host, entry);
    for (const [name, values] of early.splice(0)) guard(`jstag.${name}`, call, name, ...values);
    host.started = true;
    emit("lifecycle.setup.done");
    return tag;
  }

  function stop() {
    const ran = tag.isLoaded;
    if (ran) emit("lifecycle.teardown.requested");
    cover();
    if (ran) emit("lifecycle.teardown.done");
    const config = settings.live();
    if (mayRun(config.consent, granted) === false) forgetVisitor(config);
    if (granted === false) early.length = 0;
    return tag;
  }

  /** @type {Tag["consent"]} */
  function consent(given) {
    if (given !== undefined) granted = Boolean(given);
    if (given && held) init();
    if (granted === false && (held ||= tag.isLoaded)) stop();
    return tag.isLoaded;
  }

  /** Put on the tag what it has while it may not run. */
  function cover() {
    for (const name of Object.keys(methods)) tag[name] = framework[name] ?? stub(name);
    tag.isLoaded = host.started = false;
  }

  const methods = Object.fromEntries(EARLY.split(" ").map((name) => [name, stub(name)]));
  /** @type {Host} */
  const host = { tag, emitter, settings, methods, shared: {}, contributors: [], started: false };
  const { use, call, pull } = createMethods(host, entries, wait);
  /** @type {Tree} */
  const framework = { init, use, on, once, call, pull, history, consent };
  const value = () => {
    if (tag.isLoaded) Object.assign(tag, methods);
    else cover();
    emit("audit.carp", "the tag's script is on this page twice; the second copy was ignored");
  };
  Object.assign(methods, framework);
  Object.defineProperty(tag, INSTALLED, { value });
  cover();
}

/**
 * @param {Host} host
 * @param {Array<{body: PluginBody}>} entries
 * @param {(name: string, values: unknown[]) => unknown} wait
 * @returns {Pick<Tag, "use" | "call" | "pull">}
 */
function createMethods(host, entries, wait) {
  const { tag, emitter, contributors } = host;
  return {
    use(body) {
      const entry = { body };
      entries.push(entry);
      if (host.started) setUp(host, entry);
      return tag;
    },
    call(name, ...values) {
      if (typeof tag[name] === "function") return tag[name](...values);
      return tag.isLoaded ? emitter.emit("call.carp", `jstag.${name} is not a method of this tag`) : wait(name, values);
    },
    pull(sink) {
      for (const code of contributors) emitter.guard("jstag.pull", code, sink);
    },
  };
}

/**
 * Calls made before there is a tag that may run, and the methods that keep them.
 *
 * @param {() => boolean} isOpen
 */
function createWaitingRoom(isOpen) {
  /** @type {Array<[string, unknown[]]>} */
  const early = [];

  /**
   * @param {string} name
   * @param {unknown[]} values
   */
  function wait(name, values) {
    if (isOpen() && early.length < PATIENCE) early.push([name, values]);
    return name === "getSegments" ? [] : undefined;
  }

  const stub = (/** @type {string} */ name) => (/** @type {unknown[]} */ ...values) => wait(name, values);
  return { early, stub, wait };
}

/** The object that a plugin is handed first: its namespace, its options, and its way into the tag (tag.md 7.1). */

import { poll } from "./poll.js";
import { loadScript } from "./script.js";
import { leaf } from "./tree.js";

/** @import { Host, Plugin, PluginBody, Tree } from "./types.js" */

/** Thrown by `mustEnable` and caught by `setUp`: nobody else sees it. */
const STOP = Symbol("plugin is disabled");

/**
 * @param {Host} host
 * @returns {Plugin}
 */
function createPlugin(host) {
  const { tag, emitter, settings, methods, shared, contributors } = host;
  const { live } = settings;
  let name = "";

  /** @type {Tree} */
  const own = {
    ns: (/** @type {string} */ dotted) => ((name = dotted), plugin),
    defaults: (/** @type {Tree} */ tree) => (settings.defaults(tree), plugin),
    config: () => live(),
    options: () => leaf(live(name), name) ?? {},
    mustEnable() {
      if (plugin.options().disabled) throw STOP;
      return plugin;
    },
    emit: (/** @type {[string, ...unknown[]]} */ ...event) => (emitter.emit(...event), plugin),
    carp: (/** @type {unknown} */ problem) => plugin.emit(`${name || "plugin"}.carp`, problem),
    guard: (/** @type {any} */ code, /** @type {unknown[]} */ ...values) => emitter.guard(name, code, ...values),
    on: (/** @type {string} */ topic, /** @type {any} */ listener) =>
      emitter.on(topic, (...event) => plugin.options().disabled || listener(...event)),
    ready(/** @type {() => unknown} */ code) {
      plugin.on("lifecycle.setup.done", code);
      if (host.started) code();
      return plugin;
    },
    method: (/** @type {string} */ as, /** @type {any} */ code) => ((tag[as] = methods[as] = code), plugin),
    extend: (/** @type {string} */ as, /** @type {any} */ code) => ((shared[as] = code), plugin),
    contribute: (/** @type {any} */ code) => (contributors.push(code), plugin),
    url: (/** @type {string} */ template) => fillIn(template, live()),
    poll: (/** @type {any} */ options) => poll(emitter, { ...live().poll, ...options }),
    script: loadScript,
  };
  const plugin = /** @type {Plugin} */ (Object.assign(Object.create(shared), own));
  return plugin;
}

/**
 * Run a plugin's body. One that throws is reported and leaves the others alone; one that is disabled is asked again at
 * the next `init`, and only a disabled one: so initialising twice sets nothing up twice.
 *
 * @param {Host} host
 * @param {{body: PluginBody, done?: boolean}} entry
 */
export function setUp(host, entry) {
  if (entry.done) return;
  entry.done = true;
  host.emitter.guard(`plugin ${entry.body?.name}`, () => {
    try {
      entry.body(createPlugin(host), host.tag, host.settings.live());
    } catch (error) {
      if (error !== STOP) throw error;
      entry.done = false;
    }
  });
}

/**
 * @param {string} template
 * @param {Tree} config
 */
function fillIn(template, config) {
  return template.replaceAll("{url}", () => config.url).replaceAll("{cid}", () => [config.cid].flat()[0]);
}

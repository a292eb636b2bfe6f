/** The object that a plugin is handed first: its namespace, its options, and its way into the tag (tag.md 7.1). */

import { emit, guard, on } from "./emitter.js";
import { early, expose, tag } from "./methods.js";
import { addDefaults, config, options } from "./settings.js";

/** @import { Plugin, PluginBody, Tag, Tree } from "./types.js" */

/** Thrown by `mustEnable` and caught by `setUp`: nobody else sees it. */
const STOP = {};

/**
 * Where `extend` puts things: the prototype of every plugin object.
 *
 * @type {Tree}
 */
const shared = {};

/**
 * What adds its fields to the payload of an entity request.
 *
 * @type {Array<(blank: Tree) => void>}
 */
export const contributors = [];

/**
 * Plugins that are not set up yet.
 *
 * @type {Set<PluginBody>}
 */
const bodies = new Set();
let started = false;

/**
 * @param {PluginBody} body
 * @returns {Tag}
 */
export function use(body) {
  bodies.add(body);
  if (started && tag.isLoaded) setUp(body);
  return tag;
}

/** At each `init`: set up what is not set up yet, and make the calls that have waited. */
export function start() {
  started = false;
  tag.isLoaded = true;
  emit("lifecycle.setup.requested");
  for (const body of [...bodies]) setUp(body);
  for (const [name, values] of early.splice(0)) guard(name, tag.call, name, ...values);
  started = true;
  emit("lifecycle.setup.done");
}

/**
 * Run a plugin's body. One that throws is reported and leaves the others alone; one that is disabled is asked again at
 * the next `init`, and only a disabled one: so initialising twice sets nothing up twice.
 *
 * @param {PluginBody} body
 */
function setUp(body) {
  bodies.delete(body);
  guard(`plugin ${body?.name}`, () => {
    try {
      body(createPlugin(), tag, config());
    } catch (error) {
      if (error !== STOP) throw error;
      bodies.add(body);
    }
  });
}

/** @returns {Plugin} */
function createPlugin() {
  let name = "plugin";
  const plugin = /** @type {Plugin} */ (
    /** @type {Tree} */ ({
      __proto__: shared,
      ns: (/** @type {string} */ dotted) => ((name = dotted), plugin),
      defaults: (/** @type {Tree} */ tree) => (addDefaults(tree), plugin),
      options: () => options(name),
      mustEnable() {
        if (options(name).disabled) throw STOP;
        return plugin;
      },
      emit: (/** @type {[string, ...unknown[]]} */ ...event) => (emit(...event), plugin),
      carp: (/** @type {unknown} */ problem) => plugin.emit(`${name}.carp`, problem),
      guard: (/** @type {any} */ code, /** @type {unknown[]} */ ...values) => guard(name, code, ...values),
      on: (/** @type {string} */ topic, /** @type {any} */ listener) =>
        on(topic, (...event) => options(name).disabled || listener(...event)),
      ready: (/** @type {any} */ code) => (plugin.on("lifecycle.setup.done", code), started && code(), plugin),
      method: (/** @type {string} */ as, /** @type {any} */ code) => (expose({ [as]: code }), plugin),
      extend: (/** @type {string} */ as, /** @type {any} */ code) => ((shared[as] = code), plugin),
      contribute: (/** @type {any} */ code) => (contributors.push(code), plugin),
    })
  );
  return plugin;
}

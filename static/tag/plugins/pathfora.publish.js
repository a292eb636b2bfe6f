/**
 * Publishes the account's experiences: loads the candidate script, waits for the SDK, initialises the widgets, runs the
 * account's own scripts and emits `pathfora.publish.done` with `{experiences: ids}` (tag.md 7.4).
 *
 * When the entity is loaded again everything is fetched and initialised afresh (tag.md 8.1). With
 * `listenForProfileChange` widgets stay that are for everyone and depend on no profile field, unless the page has
 * emptied `candidates`, its way to say that it cleared the SDK. An account's own script runs once a page.
 *
 * The SDK is waited for by polling, and, because a slow network outlasts five polls, for `pathfora.install` as well.
 * `legacy`, `urlFragmentWhitelist` and `recommendations` are kept for readers: there are no legacy campaigns here.
 * What stands in `pathfora.callbacks` when the tag starts was left there by an SDK that found no tag: it is called once,
 * with the visitor's data. Later the SDK hears of the profile through `entityReady`.
 */

import { initialise, widgetIds } from "../candidates.js";
import { optIn } from "../opt_in.js";
import { waitFor } from "../polling.js";
import { loadScript } from "../script.js";
import { urlOf } from "../settings.js";

/** @import { Candidate } from "../candidates.js" */
/** @import { Plugin, PluginBody, Tag, Tree } from "../types.js" */

/**
 * One of the account's own scripts, its URL relative to the candidate script's; the script may name the URL alone.
 *
 * @typedef {{src: string, integrity?: string}} Script
 */

const finished = new Set();

const PUBLISH_DEFAULTS = {
  disabled: true,
  global: "pathfora",
  src: "{url}/api/experience/candidate/{cid}/config.js",
  loaded: false,
  urlFragmentWhitelist: [],
  listenForProfileChange: false,
  polling: { retries: 5 },
  recommendations: { experience: [] },
  candidates: { experiences: [], variations: [], legacyABTests: [] },
  legacy: { disabled: true, src: "{url}/api/program/campaign/config/{cid}/config.js", loaded: false },
};

/** @type {PluginBody} */
export function pathforaPublish(plugin, instance) {
  optIn(plugin, "pathfora.publish", PUBLISH_DEFAULTS);
  /** @type {Candidate[]} */
  let published = [];
  let turn = 0;
  let profiles = 0;
  let due = false;

  /** @returns {any} */
  function refresh() {
    const mine = ++turn;
    const loaded = () => {
      if (mine === turn) awaitSdk();
    };
    const { src, integrity } = plugin.options();
    loadScript(urlOf(src), loaded, plugin.carp, integrity);
  }

  function awaitSdk() {
    const { global, polling } = plugin.options();
    plugin.options().loaded = due = true;
    waitFor({
      ...polling,
      property: global,
      success: publish,
      failure: () => plugin.carp(`window.${global} is not there`),
    });
  }

  function publish() {
    if (!due) return;
    due = false;
    const options = plugin.options();
    const sdk = /** @type {any} */ (window)[options.global];
    const { experiences = [], scripts = [] } = /** @type {any} */ (window)._pfacfg ?? {};
    const stays = staying(sdk, options, experiences);
    const changes = (/** @type {Candidate} */ { id }) => !stays.includes(id);
    const leaving = published.filter(changes);
    if (leaving.length) sdk.clearById(leaving.flatMap(widgetIds));
    published = experiences;
    options.candidates = { ...options.candidates, experiences };
    initialise(plugin, sdk, experiences.filter(changes), options.priority);
    run(plugin, scripts, published);
  }

  /**
   * @param {any} sdk
   * @param {Tree} options
   * @param {Candidate[]} experiences
   * @returns {string[]} ids of experiences whose widgets a new profile cannot change
   */
  function staying(sdk, options, experiences) {
    if (!options.listenForProfileChange || options.candidates?.experiences !== published) return [];
    const dependent = sdk.getWidgetDependencies?.() ?? {};
    const before = ids(published);
    const same = experiences.filter(
      (item) =>
        before.includes(item.id) && item.audience === "*" && !item.exclude?.length && !widgetIds(item).some((id) => dependent[id]),
    );
    return ids(same);
  }

  plugin.on("pathfora.install.sdk.succeeded", publish);
  plugin.on("entity.loaded", () => profiles++ && refresh());
  plugin.ready(() => turn || (drainCallbacks(plugin, instance), refresh()));
}

/**
 * @param {Plugin} plugin
 * @param {Tag} instance
 */
function drainCallbacks(plugin, instance) {
  const early = /** @type {any} */ (window)[plugin.options().global]?.callbacks?.splice(0) ?? [];
  instance.entityReady((/** @type {Tree} */ { data }) => {
    if (data.user) for (const callback of early.splice(0)) plugin.guard(callback, data.user);
  });
}

/**
 * Run the account's own scripts one after another; one that fails is reported and the next one runs.
 *
 * @param {Plugin} plugin
 * @param {Array<string | Script>} scripts
 * @param {Candidate[]} published
 * @returns {unknown}
 */
function run(plugin, [script, ...rest], published) {
  if (!script) return plugin.emit("pathfora.publish.done", { experiences: ids(published) });
  // A script may be its bare address.
  const { src = script, integrity } = /** @type {any} */ (script);
  const next = () => run(plugin, rest, published);
  if (finished.has(src)) return next();
  finished.add(src);
  const { href } = new URL(src, new URL(urlOf(plugin.options().src), location.href));
  return loadScript(href, next, (problem) => (plugin.carp(problem), next()), integrity);
}

/** @param {Candidate[]} list */
function ids(list) {
  return list.map(({ id }) => id);
}

/**
 * The visitor's profile, asked of `{url}/api/personalize/{cid}/{table}/{field}/{value}` (tag.md 3.4, 3.5, 5.5).
 *
 * It is asked with `fetch`, not as a script (JSONP): that works under Trusted Types and a strict `script-src`, runs
 * nothing that the answer contains, and keeps the answer from pages that the server does not allow. No credentials go.
 *
 * A failure (no answer within `entity.timeout` ms, an error status, no JSON) is reported on `entity.carp`, and the page
 * still gets an entity, so that nobody waits for ever: the one it had when it is the same visitor's, else one without
 * a user. `getEntity` before anything has loaded gives such an empty one too, where the vendor's pages say it throws;
 * consumers in the field guard with `data.user`. `entity.loaded` follows each request; of requests that overlap the last
 * one counts, and the callbacks of all are called with its answer.
 */

import { fetchData } from "../fetch_data.js";
import { Profile } from "../profile.js";
import { encodeText } from "../serializer.js";

/** @import { PluginBody, Tree } from "../types.js" */

const ENTITY_DEFAULTS = {
  format: "default",
  endpoint: undefined,
  table: "user",
  byFieldValue: undefined,
  preload: false,
  timeout: 5000,
};

/** @type {PluginBody} */
export function entity(plugin, instance, config) {
  plugin.ns("entity").defaults({ entity: { ...ENTITY_DEFAULTS, byFieldKey: config.byFieldKey } });
  /** @type {Profile | undefined} */
  let current;
  let owner = "";
  let turn = 0;
  let abort = new AbortController();
  /** @type {Array<(entity: Profile) => void>} */
  const waiting = [];

  /** @param {unknown[]} values a payload, a callback, and whatever else a page passes, which is ignored */
  function load(...values) {
    const payload = values.find((value) => value && typeof value === "object") ?? {};
    const callback = /** @type {any} */ (values.find((value) => typeof value === "function"));
    if (callback) waiting.push(callback);
    const mine = ++turn;
    abort.abort();
    plugin.identity?.(({ id }) => mine === turn && request(mine, id, payload));
  }

  /**
   * @param {number} mine
   * @param {string} id
   * @param {Tree} payload
   */
  async function request(mine, id, payload) {
    const { byFieldKey, byFieldValue = id, format, timeout, endpoint, table } = plugin.options();
    const who = `${byFieldKey}/${encodeText(byFieldValue)}`;
    const blank = {};
    instance.pull(blank);
    abort = new AbortController();
    const timer = setTimeout(() => abort.abort(`no answer within ${timeout} ms`), timeout);
    plugin.emit("entity.requested");
    const url = plugin.url(endpoint || `{url}/api/personalize/{cid}/${table}/${who}`);
    const data = await fetchData(url, { ...blank, ...plugin.unsent?.(), ...payload }, abort.signal).catch((problem) => {
      if (mine === turn) plugin.carp({ problem: String(problem), visitor: who });
    });
    const loaded = data && new Profile(data);
    if (loaded && format === "legacy") loaded.data = loaded.toLegacyStyle();
    clearTimeout(timer);
    if (mine === turn) settle(loaded || (who === owner && current) || new Profile({}), who);
  }

  /**
   * @param {Profile} profile
   * @param {string} who
   */
  function settle(profile, who) {
    current = profile;
    owner = who;
    const callbacks = waiting.splice(0);
    plugin.emit("entity.loaded", profile);
    for (const callback of callbacks) plugin.guard(callback, profile);
  }

  plugin.on("lifecycle.teardown.requested", () => {
    turn++;
    abort.abort();
    waiting.length = 0;
    current = undefined;
  });
  plugin
    .method("loadEntity", load)
    .method("getEntity", () => current ?? new Profile({}))
    .method("unloadEntity", () => {
      current = undefined;
      plugin.emit("entity.unloaded");
    })
    .method("entityReady", (listener) => {
      if (typeof listener !== "function") return () => {};
      const off = instance.on("entity.loaded", (_topic, profile) => listener(profile, profile));
      if (current) plugin.guard(listener, current, current);
      return off;
    })
    .ready(() => plugin.options().preload && load());
}

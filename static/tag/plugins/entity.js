/**
 * The visitor's profile, asked of `{url}/api/personalize/{cid}/{table}/{field}/{value}` (tag.md 3.4, 3.5, 5.5).
 *
 * It is asked with `fetch`, not as a script (JSONP): that works under Trusted Types and a strict `script-src`, runs
 * nothing that the answer contains, and keeps the answer from pages that the server does not allow. Cookies go to the
 * page's own origin alone.
 *
 * A failure (no answer within `entity.timeout` ms, an error status, no JSON) is reported on `entity.carp`, and the page
 * still gets an entity, so that nobody waits for ever: the one it had when it is the same visitor's, else one without
 * a user. `getEntity` before anything has loaded gives such an empty one too, where the vendor's pages say it throws;
 * consumers in the field guard with `data.user`. `entity.loaded` follows each request; of requests that overlap the last
 * one counts: the payloads of all ride on it, and the callbacks of all are called with its answer.
 */

import { emit, guard, on } from "../emitter.js";
import { expose, tag } from "../methods.js";
import { profileOf } from "../profile.js";
import { ask } from "../request.js";
import { encodeText, serialize } from "../serializer.js";
import { options, urlOf } from "../settings.js";
import { isTree } from "../tree.js";
import { identity } from "./getid.js";
import { unsent } from "./send.js";

/** @import { Profile, Tree } from "../types.js" */

/** @type {Profile | undefined} */
let current;
/** @type {string | undefined} */
let owner;
let turn = 0;
/** @type {unknown[]} */
const waiting = [];
/** Gives up the request under way: only the last one counts. */
let flight = new AbortController();

/** @param {unknown[]} values a payload, a callback, and whatever else a page passes, which is ignored */
function load(...values) {
  waiting.push(...values);
  const mine = ++turn;
  identity(({ id }) => mine === turn && request(mine, id));
}

/**
 * @param {number} mine
 * @param {string} id
 */
async function request(mine, id) {
  const { format, timeout } = options("entity");
  const url = entityUrl(id);
  const visitor = id + url;
  flight.abort();
  const abort = (flight = new AbortController());
  /** @type {Tree} */
  const blank = {};
  /** @type {Profile | undefined} */
  let profile;
  setTimeout(() => abort.abort(`no answer within ${timeout} ms`), timeout);
  tag.pull(blank);
  emit("entity.requested");
  try {
    const text = serialize(Object.assign(blank, unsent(), ...waiting.filter(isTree)));
    const answer = await ask(url, text, { cache: "no-store", signal: abort.signal });
    if (!answer.ok) throw new Error(`${url} answered ${answer.status}`);
    profile = profileOf((await answer.json()).data ?? {});
    if (format === "legacy") profile.data = profile.toLegacyStyle();
  } catch (problem) {
    if (mine === turn) emit("entity.carp", { problem: String(problem), url });
  }
  if (mine !== turn) return;
  profile ??= (visitor === owner && current) || profileOf({});
  current = profile;
  owner = visitor;
  const callbacks = waiting.splice(0);
  emit("entity.loaded", profile);
  for (const callback of callbacks) guard("entity", callback, profile);
}

/**
 * @param {string} id
 * @returns {string} where the profile is asked, without a payload
 */
export function entityUrl(id) {
  const { byFieldKey, byFieldValue, endpoint, table } = options("entity");
  return urlOf(endpoint || `{url}/api/personalize/{cid}/${table}/${byFieldKey}/${encodeText(byFieldValue || id)}`);
}

export function entity() {
  expose({
    loadEntity: load,
    getEntity: () => current ?? profileOf({}),
    unloadEntity() {
      current = undefined;
      emit("entity.unloaded");
    },
    entityReady(listener) {
      const tell = (/** @type {string} */ _topic, /** @type {Profile} */ profile) => guard("entity", listener, profile, profile);
      if (current) tell("", current);
      return on("entity.loaded", tell);
    },
  });
  on("lifecycle.setup.done", () => options("entity").preload && load());
  on("lifecycle.teardown.requested", () => {
    turn++;
    waiting.length = 0;
    current = undefined;
  });
}

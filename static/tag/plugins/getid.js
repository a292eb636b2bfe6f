/**
 * The visitor's id: kept in a cookie for 90 days, renewed once a page (tag.md 6). Where cookies are closed, or a
 * `getter` supplies the id, it lives as long as the page. A cookie is not read back after it was written, for that would
 * take as long as all else.
 *
 * `getter` (its shape is UNKNOWN): may return the id or a promise of it, or call the callback it is given. An id from a
 * getter is never put into a cookie. An empty or failing getter is replaced by a new id and reported. `loadid` asks the
 * server for a third-party id first (tag.md 5.8), and makes one itself when no answer has come after `config.delay` ms.
 */

import { readCookie } from "../cookie_jar.js";
import { emit, guard, on } from "../emitter.js";
import { expose, tag } from "../methods.js";
import { config, options, urlOf } from "../settings.js";
import { randomId } from "../visitor_id.js";
import { endSession } from "./pageAnalysis.js";

/** @import { Visitor } from "../types.js" */

let previous = "";
/** The id that was announced, and that serves where there is no cookie. */
let announced = "";
/** @type {Promise<string> | undefined} */
let pending;

/** @param {(visitor: Visitor) => unknown} then called later, never before this returns, and not without consent */
export function identity(then) {
  const id = known();
  const getter = options("getid").getter || (config().loadid && preflight);
  if (id || !getter) return hand(id || invent(), !id, then);
  pending ??= new Promise((answer) => {
    const made = getter(answer);
    if (made !== undefined) answer(made);
  })
    .catch((error) => emit("getid.carp", `getter: ${error}`))
    .then((made) => `${made || invent()}`);
  pending.then((made) => {
    pending = undefined;
    if (tag.isLoaded) hand(known() || made, true, then);
  });
}

/**
 * @param {string} id
 * @param {boolean} fresh
 * @param {(visitor: Visitor) => unknown} then
 */
function hand(id, fresh, then) {
  const news = id !== announced;
  if (news) keep(id);
  const visitor = { id, fresh, previous };
  // Later, for the event too: `init` makes the first call, and only then does a snippet replay the page's `on`.
  queueMicrotask(() => {
    if (news && id === announced) emit("getid", id);
    then(visitor);
  });
}

/** @returns {string} */
function known() {
  return (!options("getid").getter && readCookie(config().cookie)) || announced;
}

/** @param {string} id */
function keep(id) {
  if (!options("getid").getter) tag.setCookie(config().cookie, id, 7776000);
  announced = id;
}

/** @returns {string} */
function invent() {
  const { uuid, useSimpleUid } = options("getid");
  return `${uuid?.() || randomId(useSimpleUid)}`;
}

/** @param {(answer?: unknown) => void} answer */
function preflight(answer) {
  const { idpath, delay } = config();
  tag.jsonp?.(urlOf(`{url}${idpath}{cid}`), answer);
  setTimeout(answer, delay);
}

function forget() {
  announced = previous = "";
  endSession();
}

export function getid() {
  on("cookies.cleared", forget);
  on("lifecycle.teardown.requested", forget);
  expose({
    getid: (then) => identity(({ id }) => guard("getid", then, id)),
    setid(id) {
      const before = known();
      // An empty one, as of somebody who has not signed in, would be one visitor for all of them.
      if (!id) return emit("getid.carp", "no id");
      if (before && before !== id) previous = before;
      keep(`${id}`);
      emit("getid", announced);
    },
  });
}

/**
 * The visitor's id: kept in a cookie for 90 days, renewed once a page (tag.md 6). Where cookies are closed, or a
 * `getter` supplies the id, it lives as long as the page.
 *
 * `getter` (its shape is UNKNOWN): may return the id or a promise of it, or call the callback it is given. An id from a
 * getter is never put into a cookie. An empty or failing getter is replaced by a new id and reported.
 */

import { readCookie } from "../cookie_jar.js";
import { randomId, simpleId } from "../visitor_id.js";

/** @import { PluginBody, Visitor } from "../types.js" */

const DAYS_90 = 7776000;

/** @type {PluginBody} */
export function getid(plugin, instance) {
  plugin.ns("getid").defaults({ getid: { useSimpleUid: false } });
  let memory = "";
  let previous = "";
  let announced = "";
  /** @type {Promise<string> | undefined} */
  let pending;

  function known() {
    const { getid, cookie } = plugin.config();
    return (!getid.getter && readCookie(cookie)) || memory;
  }

  /** @param {string} id */
  function keep(id) {
    const { getid, cookie } = plugin.config();
    if (!getid.getter) instance.setCookie(cookie, id, DAYS_90);
    memory = !getid.getter && readCookie(cookie) === id ? "" : id;
    announced = id;
  }

  /** @returns {string} */
  function invent() {
    const { uuid, useSimpleUid } = plugin.options();
    return String(uuid?.() || (useSimpleUid ? simpleId() : randomId()));
  }

  /** @param {(answer: (id: unknown) => void) => unknown} getter */
  async function fetched(getter) {
    const id = await new Promise((resolve, reject) => {
      const answer = getter(resolve);
      if (answer !== undefined) Promise.resolve(answer).then(resolve, reject);
    });
    return String(id || invent());
  }

  /** @param {(visitor: Visitor) => unknown} use called later, never before this returns */
  function identity(use) {
    const { getter } = plugin.options();
    const id = known();
    const hand = (/** @type {string} */ id, /** @type {boolean} */ fresh) => {
      const visitor = { id, fresh, previous };
      const news = id !== announced;
      if (news) keep(id);
      // Later, for the event too: `init` makes the first call, and only then does a snippet replay the page's `on`.
      queueMicrotask(() => {
        if (news && id === announced) plugin.emit("getid", id);
        use(visitor);
      });
    };
    if (id || !getter) return hand(id || invent(), !id);
    pending ??= fetched(getter).catch((error) => (plugin.carp(`getid.getter failed: ${error}`), invent()));
    return void pending.then((made) => {
      pending = undefined;
      hand(known() || made, true);
    });
  }

  plugin.on("cookies.cleared", () => (memory = announced = ""));
  plugin
    .extend("identity", identity)
    .method("getid", (use) => identity(({ id }) => typeof use === "function" && use(id)))
    .method("setid", (id) => {
      const before = known();
      if (before && before !== id) previous = before;
      keep(String(id));
      plugin.emit("getid", String(id));
    });
}

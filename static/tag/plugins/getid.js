/**
 * The visitor's id: kept in a cookie for 90 days, renewed once a page (tag.md 6). Where cookies are closed, or a
 * `getter` supplies the id, it lives as long as the page.
 *
 * `getter` (its shape is UNKNOWN): may return the id or a promise of it, or call the callback it is given. An id from a
 * getter is never put into a cookie. An empty or failing getter is replaced by a new id and reported. `loadid` asks the
 * server for a third-party id first (tag.md 5.8), and makes one itself when no answer has come after `config.delay` ms.
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
    return (!plugin.options().getter && readCookie(plugin.config().cookie)) || memory;
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

  /** @param {(answer?: unknown) => void} answer */
  function preflight(answer) {
    const { idpath, delay } = plugin.config();
    instance.jsonp?.(plugin.url(`{url}${idpath}{cid}`), answer);
    setTimeout(answer, delay);
  }

  /**
   * @param {string} id
   * @param {boolean} fresh
   * @param {(visitor: Visitor) => unknown} use
   */
  function hand(id, fresh, use) {
    const news = id !== announced;
    if (news) keep(id);
    const visitor = { id, fresh, previous };
    // Later, for the event too: `init` makes the first call, and only then does a snippet replay the page's `on`.
    queueMicrotask(() => {
      if (news && id === announced) plugin.emit("getid", id);
      use(visitor);
    });
  }

  /** @param {(visitor: Visitor) => unknown} use called later, never before this returns, and not without consent */
  function identity(use) {
    const id = known();
    const getter = plugin.options().getter || (plugin.config().loadid && preflight);
    if (!instance.isLoaded) return;
    if (id || !getter) return hand(id || invent(), !id, use);
    pending ??= answerOf(getter)
      .catch((error) => void plugin.carp(`getid.getter failed: ${error}`))
      .then((id) => String(id || invent()));
    pending.then((made) => {
      pending = undefined;
      if (instance.isLoaded) hand(known() || made, true, use);
    });
  }

  const forget = () => (memory = announced = previous = "");
  plugin.on("cookies.cleared", forget);
  plugin.on("lifecycle.teardown.requested", forget);
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

/** @param {(answer: (id: unknown) => void) => unknown} getter */
async function answerOf(getter) {
  return new Promise((resolve, reject) => {
    const answer = getter(resolve);
    if (answer !== undefined) Promise.resolve(answer).then(resolve, reject);
  });
}

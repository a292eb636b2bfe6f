/**
 * `send` and its relatives: from the page's call to a message, and the queue of messages that have to wait
 * (tag.md 3.1-3.3). Parameters come in any order and are told apart by type; `undefined` and `null` stand for one left
 * out, of two of a kind the later one counts.
 *
 * Messages wait in `config.payloadQueue`: all of them while `config.blocked`, and those of `mock` always. They ride on
 * the next entity request (`unsent`), and go out when the entity has loaded or on `unblock`. A mock's own answer, with
 * `_e=mk` and the data of all that wait, comes at once and transmits nothing; its event goes out later without `_e=mk`.
 * (When a mock is "sent eventually", and whether the queue is merged into one request, are UNKNOWN: here one each.)
 */

import { automaticFields } from "../automatic_fields.js";

/** @import { Message, PluginBody, SendParams, Tree } from "../types.js" */

/** @type {Record<string, string>} */
const PARAMETERS = { object: "data", string: "stream", function: "callback", boolean: "isMock" };

/** @type {PluginBody} */
export function send(plugin, instance) {
  plugin.ns("send").defaults({ send: { pageViewOnFirst: false } });
  let first = true;

  /** @returns {Message[]} */
  const queue = () => plugin.config().payloadQueue;
  /** @returns {Tree} */
  const unsent = () => Object.assign({}, ...queue().map((message) => message.data));

  /**
   * @param {unknown[]} values
   * @param {() => Tree} [extra] fields that the payload may overrule
   */
  function submit(values, extra) {
    const { data, stream, callback, isMock } = parsed(values);
    const config = plugin.config();
    if (!config.cid.length || !config.url) {
      throw new TypeError(`Must have collection url and ProjectIds (cid): url is "${config.url}", cid is [${config.cid}]`);
    }
    const opening = first && plugin.options().pageViewOnFirst && { _e: "pv" };
    first = false;
    /** @type {Message} */
    const message = { data: { ...opening, ...extra?.(), ...data }, stream, callback, sendurl: [] };
    message.automatic = automaticFields(config);
    if (isMock) rehearse(message);
    else if (config.blocked) queue().push(message);
    else instance.collect(message);
  }

  /** @param {Message} message */
  function rehearse(message) {
    const data = Object.assign({ _e: "" }, unsent(), { _e: "mk" }, message.data);
    instance.collect({ ...message, data }, undefined, true);
    queue().push({ ...message, callback: undefined, sendurl: [] });
  }

  function unblock() {
    const config = plugin.config();
    const wasBlocked = config.blocked;
    config.blocked = false;
    const waiting = queue().splice(0);
    for (const message of waiting) plugin.guard(instance.collect, message);
    if (wasBlocked) plugin.emit("send.unblocked", waiting.length);
    return instance;
  }

  const plain = (/** @type {unknown[]} */ ...values) => submit(values);
  const page = (/** @type {unknown[]} */ ...values) =>
    submit(values, () => ({ _e: "pv", ...plugin.pageData?.(true) }));
  plugin
    .extend("unsent", unsent)
    .method("send", plain)
    .method("identify", plain)
    .method("page", page)
    .method("pageView", page)
    .method("mock", (...values) => plain(...values, true))
    .method("unblock", unblock)
    .ready(() => plugin.config().blocked || unblock());
  plugin.on("entity.loaded", unblock);
  plugin.on("lifecycle.teardown.requested", () => queue().splice(0));
}

/**
 * @param {unknown[]} values
 * @returns {SendParams}
 * @throws {TypeError} for a value that is no payload, stream, mock flag or callback
 */
function parsed(values) {
  /** @type {Tree} */
  const found = {};
  for (const value of values) {
    const name = PARAMETERS[typeof value];
    if (value == null) continue;
    if (!name) throw new TypeError(`unable to process jstag.send event: unknown value type (${typeof value}): ${String(value)}`);
    found[name] = value;
  }
  return /** @type {SendParams} */ (found);
}

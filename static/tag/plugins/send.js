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
import { emit, guard, on } from "../emitter.js";
import { expose, tag } from "../methods.js";
import { config, options } from "../settings.js";
import { pageData } from "./pageAnalysis.js";

/** @import { Message, SendParams, Tag, Tree } from "../types.js" */

/** @type {Record<string, string>} */
const PARAMETERS = { object: "data", string: "stream", function: "callback", boolean: "isMock" };

let first = true;

/** @returns {Message[]} */
function queue() {
  return config().payloadQueue;
}

/** @returns {Tree} the fields of all events that have not gone out yet */
export function unsent() {
  return Object.assign({}, ...queue().map(({ data }) => data));
}

/**
 * @param {unknown[]} values
 * @param {boolean} [isPage]
 * @returns {Tag} because pages in the field go on with it
 */
function submit(values, isPage) {
  const { data, stream, callback, isMock } = parsed(values);
  const { cid, url, blocked } = config();
  if (!cid.length || !url) {
    throw new TypeError("Must have collection url and ProjectIds (cid)");
  }
  const isFirst = first && options("send").pageViewOnFirst;
  first = false;
  /** @type {Message} */
  const message = {
    data: { ...((isPage || isFirst) && { _e: "pv" }), ...(isPage && pageData(true)), ...data },
    stream,
    callback,
    automatic: automaticFields(),
  };
  if (isMock) {
    tag.collect({ ...message, data: Object.assign({ _e: 0 }, unsent(), { _e: "mk" }, message.data) }, undefined, true);
    delete message.callback;
  }
  if (isMock || blocked) queue().push(message);
  else tag.collect(message);
  return tag;
}

function unblock() {
  const wasBlocked = config().blocked;
  const waiting = queue().splice(0);
  config().blocked = false;
  for (const message of waiting) guard("send", tag.collect, message);
  if (wasBlocked) emit("send.unblocked", waiting.length);
  return tag;
}

export function send() {
  const plain = (/** @type {unknown[]} */ ...values) => submit(values);
  const page = (/** @type {unknown[]} */ ...values) => submit(values, true);
  expose({
    send: plain,
    identify: plain,
    page,
    pageView: page,
    mock: (...values) => plain(...values, true),
    unblock,
  });
  on("lifecycle.setup.done", () => config().blocked || unblock());
  on("entity.loaded", unblock);
  on("lifecycle.teardown.requested", () => queue().splice(0));
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
    if (!name) throw new TypeError(`unable to process jstag.send event: unknown value type (${typeof value})`);
    found[name] = value;
  }
  return /** @type {SendParams} */ (found);
}

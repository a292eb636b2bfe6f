/**
 * Events: exact topics and `*`, `ns.*`, `*.carp` (tag.md 4), delivered synchronously.
 *
 * A listener that throws stops nobody. Its error goes to the page's error handlers, where an uncaught one would have
 * gone, and to `audit.carp` as `{where, error}`; what throws while `audit.carp` is delivered is not emitted again.
 * The last 200 events are kept for panels that attach late; of an event's payload the first value is kept.
 */

/** @import { Listener, PastEvent, Unsubscribe } from "./types.js" */

/**
 * A listener, and its topic's parts: before the `*`, and after it where there is one.
 *
 * @type {Set<[Listener, string, string?]>}
 */
const entries = new Set();
/** @type {PastEvent[]} */
export const past = [];

/**
 * Run foreign code. What it throws is reported, never passed on; what is no function is ignored.
 *
 * @param {string} where
 * @param {any} code
 * @param {unknown[]} values
 */
export function guard(where, code, ...values) {
  try {
    if (typeof code === "function") code(...values);
  } catch (error) {
    reportError(error);
    if (where !== "audit.carp") emit("audit.carp", { where, error });
  }
}

/**
 * @param {string} topic
 * @param {unknown[]} payload
 */
export function emit(topic, ...payload) {
  past.push({ topic, time: Date.now(), payload: payload[0] });
  if (past.length > 200) past.shift();
  for (const entry of [...entries]) {
    const [listener, head, tail] = entry;
    const fits = tail == null ? head === topic : topic.startsWith(head) && topic.slice(head.length).endsWith(tail);
    if (fits && entries.has(entry)) guard(topic, listener, topic, ...payload);
  }
}

/**
 * @param {string} topic
 * @param {Listener} listener
 * @returns {Unsubscribe}
 */
export function on(topic, listener) {
  const entry = /** @type {[Listener, string, string?]} */ ([listener, ...`${topic}`.split("*")]);
  entries.add(entry);
  return () => entries.delete(entry);
}

/**
 * @param {string} topic
 * @param {Listener} listener
 * @returns {Unsubscribe}
 */
export function once(topic, listener) {
  const off = on(topic, (...event) => (off(), guard(topic, listener, ...event)));
  return off;
}

/**
 * Events: exact topics and `*`, `ns.*`, `*.carp` (tag.md 4), delivered synchronously.
 *
 * A listener that throws stops nobody. Its error goes to the page's error handlers, where an uncaught one would have
 * gone, and to `audit.carp` as `{where, error}`; what throws while `audit.carp` is delivered is not emitted again.
 * The last 200 events are kept for panels that attach late; of an event's payload the first value is kept.
 */

/** @import { Emitter, Listener, PastEvent } from "./types.js" */

const REMEMBERED = 200;

/** @returns {Emitter} */
export function createEmitter() {
  /** @type {Set<[string, Listener]>} */
  const entries = new Set();
  /** @type {PastEvent[]} */
  const past = [];

  /** @type {Emitter["guard"]} */
  function guard(where, code, ...values) {
    try {
      code(...values);
    } catch (error) {
      window.reportError?.(error);
      if (where !== "audit.carp") emit("audit.carp", { where, error });
    }
  }

  /** @type {Emitter["emit"]} */
  function emit(topic, ...payload) {
    past.push({ topic, time: Date.now(), payload: payload[0] });
    if (past.length > REMEMBERED) past.shift();
    for (const entry of [...entries]) {
      if (entries.has(entry) && matches(entry[0], topic)) guard(topic, entry[1], topic, ...payload);
    }
  }

  /** @type {Emitter["on"]} */
  function on(topic, listener) {
    /** @type {[string, Listener]} */
    const entry = [String(topic), listener];
    if (typeof listener === "function") entries.add(entry);
    return () => void entries.delete(entry);
  }

  /** @type {Emitter["once"]} */
  function once(topic, listener) {
    const off = on(topic, typeof listener === "function" ? (...values) => (off(), listener(...values)) : listener);
    return off;
  }

  return { on, once, emit, guard, history: () => [...past] };
}

/**
 * @param {string} pattern `*` stands for any run of characters, once
 * @param {string} topic
 */
function matches(pattern, topic) {
  const [head = "", tail] = pattern.split("*");
  if (tail === undefined) return pattern === topic;
  return topic.length >= head.length + tail.length && topic.startsWith(head) && topic.endsWith(tail);
}

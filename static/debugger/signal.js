/** @import { Signal, Topic } from "./types" */

/**
 * Topics and listeners. A listener that throws does not keep the others from hearing.
 * @returns {Signal}
 */
export function createSignal() {
  /** @type {Set<{topics: Topic[], listener: (detail: unknown) => void}>} */
  const entries = new Set();
  return {
    listen(topics, listener) {
      const entry = { topics, listener };
      entries.add(entry);
      return () => void entries.delete(entry);
    },
    fire(topic, detail) {
      for (const entry of [...entries]) if (entry.topics.includes(topic)) attempt(() => entry.listener(detail));
    },
  };
}

/**
 * Run something that must not take its caller down; what it threw is reported to the page's error handlers, once.
 * @param {() => void} work
 */
export function attempt(work) {
  try {
    work();
  } catch (error) {
    reportError(error);
  }
}

/**
 * Call once after the current run of scripts, however often it is asked for.
 * @param {() => void} work
 * @returns {() => void}
 */
export function oncePerTurn(work) {
  let waiting = false;
  return () => {
    if (waiting) return;
    waiting = true;
    queueMicrotask(() => {
      waiting = false;
      attempt(work);
    });
  };
}

/**
 * Run after the current task and the handlers that are due in it. A message, not a timer: a test may have stopped the clock.
 * @param {() => void} work
 */
export function afterTask(work) {
  const { port1, port2 } = new MessageChannel();
  port1.onmessage = () => {
    port1.close();
    work();
  };
  port2.postMessage(0);
}

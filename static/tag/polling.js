/** Waiting for a property to appear on an object (tag.md 7.1): asked at once, then every `interval` ms. */

import { emit, guard } from "./emitter.js";
import { addDefaults, config } from "./settings.js";

/** @import { PollOptions, Unsubscribe } from "./types.js" */

export function pollDefaults() {
  addDefaults({ poll: { retries: 600, interval: 100 } });
}

/**
 * Calls `success` with the value, or `failure` after `retries` more looks; then emits `poll.stopped`. A success at the
 * first look is delivered before this returns. The answer stops the polling.
 *
 * @param {PollOptions} own
 * @returns {Unsubscribe}
 */
export function waitFor(own) {
  pollDefaults();
  /** @type {PollOptions} */
  const { property, receiver = window, predicate, retries = 0, interval, success, failure } = { ...config().poll, ...own };
  let left = retries;
  let running = true;
  const timer = setInterval(look, interval);
  emit("poll.started");
  look();
  return stop;

  function look() {
    const value = receiver[property];
    if (running && value !== undefined && (!predicate || predicate(value))) finish("poll.succeeded", success, value);
    else if (running && left-- <= 0) finish("poll.failed", failure);
  }

  /**
   * @param {string} topic
   * @param {((value?: any) => void) | undefined} then
   * @param {unknown} [value]
   */
  function finish(topic, then, value) {
    emit(topic);
    guard(topic, then, value);
    stop();
  }

  function stop() {
    clearInterval(timer);
    if (running) emit("poll.stopped");
    running = false;
  }
}

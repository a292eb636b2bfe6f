/** Waiting for a property to appear on an object (tag.md 7.1): asked at once, then every `interval` ms. */

/** @import { Emitter, PollOptions, Unsubscribe } from "./types.js" */

/**
 * Calls `success` with the value, or `failure` after `retries` more looks; then emits `poll.stopped`. A success at the
 * first look is delivered before this returns. The answer stops the polling.
 *
 * @param {Emitter} emitter
 * @param {PollOptions} options
 * @returns {Unsubscribe}
 */
export function poll(emitter, { property, receiver = window, predicate, retries = 0, interval, success, failure }) {
  let left = retries;
  let running = true;
  const timer = setInterval(look, interval);
  emitter.emit("poll.started");
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
    emitter.emit(topic);
    if (then) emitter.guard(topic, then, value);
    stop();
  }

  function stop() {
    clearInterval(timer);
    if (running) emitter.emit("poll.stopped");
    running = false;
  }
}

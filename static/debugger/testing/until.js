/** @import { Signal, Topic } from "../types" */

/** How long a page may take, in milliseconds, unless the caller says. */
const PATIENCE = 10000;
/** @type {Topic[]} */
const SIGNS = ["tag", "entity", "decision", "log", "persona", "override", "server"];

/**
 * Wait until the page gives an answer; it is asked again at every sign of a change, never by a timer.
 * @template T
 * @param {Signal} signal
 * @param {() => T | null | Promise<T | null>} look null when there is none yet; what it throws ends the waiting
 * @param {number | undefined} timeout
 * @param {() => string | Promise<string>} why what to say when it took too long
 * @returns {Promise<T>}
 */
export function until(signal, look, timeout = PATIENCE, why) {
  return new Promise((resolve, reject) => {
    let looking = false;
    let again = false;
    const end = () => {
      clearTimeout(timer);
      stop();
    };
    const fail = (/** @type {unknown} */ error) => {
      end();
      reject(error);
    };
    const check = async () => {
      again = looking;
      if (looking) return;
      looking = true;
      try {
        const found = await look();
        if (found === null) return;
        end();
        resolve(found);
      } catch (error) {
        fail(error);
      } finally {
        looking = false;
        if (again) void check();
      }
    };
    const late = async () => fail(new Error(`${await why()} (waited ${timeout} ms)`));
    const timer = setTimeout(() => void late().catch(fail), timeout);
    const stop = signal.listen(SIGNS, () => void check());
    void check();
  });
}

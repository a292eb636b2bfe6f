/** @import { PanelMaker } from "./types" */

/** How the debugger's two scripts of a page find each other; that it is there says that the first has started. */
const STARTED = Symbol.for("understudy.debugger");

/** Whether this is the first script of ours to start in this page. */
export function takePage() {
  if (Reflect.has(window, STARTED)) return false;
  Object.defineProperty(window, STARTED, { value: { make: null } });
  return true;
}

/**
 * The second script's end: leave what makes the panel.
 * @param {PanelMaker} make
 */
export function leavePanelMaker(make) {
  const place = Reflect.get(window, STARTED);
  if (place) place.make = make;
}

/**
 * The first script's end: load the second, and take what it leaves. An import, which a page's policy treats as it did this script:
 * it goes by the same nonce or `strict-dynamic`, and Trusted Types have no say in it.
 * @param {string} address
 * @returns {Promise<PanelMaker>}
 */
export async function fetchPanelMaker(address) {
  try {
    await import(address);
  } catch {
    throw new Error(`The panel's script did not load from ${address}. Is the server still running? Otherwise a policy of the page keeps it away.`);
  }
  return Reflect.get(window, STARTED).make;
}

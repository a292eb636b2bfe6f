/** @import { TestApi } from "./types" */
import { readCookie } from "../page/page_globals.js";

/** Where an init script leaves what it wants, and tests find what they call. */
const GLOBAL = "__understudy__";
const COOKIE = "understudy_persona";
/** Of what `window.__understudy__` takes and gives, see `types.d.ts`. */
const VERSION = 1;
const CALLS = ["ready", "explain", "events", "setPersona", "clock", "reset", "waitForWidget"];

/**
 * Whom a test wants this page to be for, said before the page's first script: `window.__understudy__ = { persona: "vip" }` of an
 * init script counts for every page, and a visit that is on goes on; the cookie `understudy_persona` is taken by one page.
 * @param {string | null} current the persona of a visit that is on
 * @returns {string} empty when nobody asks
 */
export function askedPersona(current) {
  const given = /** @type {{persona?: unknown} | undefined} */ (Reflect.get(window, GLOBAL))?.persona;
  if (typeof given === "string") return given === current ? "" : given;
  const stated = readCookie(COOKIE);
  if (stated === null) return "";
  document.cookie = `${COOKIE}=; Max-Age=0; Path=/`;
  return stated;
}

/**
 * Put the test API where tests look, and no loop over the page's globals comes by. It is loaded by the first call.
 * @param {() => Promise<{testApi: Omit<TestApi, "version">}>} inside
 */
export function offerTestApi(inside) {
  const call = (/** @type {string} */ name) => async (/** @type {any[]} */ ...given) => /** @type {any} */ ((await inside()).testApi)[name](...given);
  const api = { version: VERSION, ...Object.fromEntries(CALLS.map((name) => [name, call(name)])) };
  Object.defineProperty(window, GLOBAL, { value: Object.freeze(api), configurable: true, enumerable: false });
}

import { deleteCookie, readCookie } from "./cookies.js";
import { toJson } from "./objects.js";

/** The version that the SDK reports and stamps on what it stores (widgets.md 7). */
export const VERSION = "1.2.20";
/** 365 days, in ms. */
const YEAR = 31536e6;

/** @typedef {"localStorage" | "sessionStorage"} Area */

/** Stands in where the browser blocks Web Storage: lives as long as the page. @type {Record<Area, Record<string, string>>} */
const memory = { localStorage: {}, sessionStorage: {} };

/**
 * The browser's storage, or memory where it is blocked: most browsers throw then, some web views have null. Both are used by
 * their properties, which are all that they have in common.
 * @param {Area} name
 * @returns {Record<string, string | undefined>}
 */
export function area(name) {
  try {
    return window[name] ?? memory[name];
  } catch {
    return memory[name];
  }
}

/**
 * Put a value. A full store drops it: a limit that cannot be remembered is no reason to break the page.
 * @param {Area} name
 * @param {string} key
 * @param {string} value
 */
export function put(name, key, value) {
  try {
    area(name)[key] = value;
  } catch {
    // It is full.
  }
}

/**
 * The keys that begin so.
 * @param {Area} name
 * @param {string} [prefix]
 */
export function keys(name, prefix = "") {
  return Object.keys(area(name)).filter((key) => key.startsWith(prefix));
}

/**
 * The envelope `{"$": payload, "@": expiry, "PATHFORA": version}`; nothing for foreign values.
 * @param {string | undefined} text
 * @returns {any}
 */
function envelope(text) {
  try {
    // What is thrown and caught costs more than all the rest of the start.
    const record = text?.[0] === "{" && JSON.parse(text);
    return record?.["@"] && record;
  } catch {
    // It only looks like one.
  }
}

/** @param {string} key @param {unknown} payload @param {Date} [expires] */
export function write(key, payload, expires = new Date(Date.now() + YEAR)) {
  put("localStorage", key, toJson({ $: String(payload), "@": expires.toISOString(), PATHFORA: VERSION }));
}

/** `utils.store`: local storage with an expiry date on each record. Reading never moves that date. */
export const store = {
  /** @param {string} key @returns {string | null} */
  getItem(key) {
    const text = area("localStorage")[key];
    const record = envelope(text);
    if (!record) return text ?? null;
    return (Date.parse(record["@"]) < Date.now() ? /** @type {any} */ (store.removeItem(key)) : record.$) ?? null;
  },
  setItem: write,
  /** @param {string} key @param {unknown} payload @param {number} milliseconds */
  ttl(key, payload, milliseconds) {
    if (typeof milliseconds !== "number") throw new Error("milliseconds must be a number!");
    write(key, payload, new Date(Date.now() + milliseconds));
  },
  /** @param {string} key */
  removeItem(key) {
    delete area("localStorage")[key];
  },
  // Reading an expired record removes it.
  removeExpiredItems() {
    for (const key of keys("localStorage")) {
      if (envelope(area("localStorage")[key])?.PATHFORA) store.getItem(key);
    }
  },
};

/**
 * Read local storage, taking over a cookie that an older SDK left.
 * @param {string} key
 * @returns {string | null}
 */
export function read(key) {
  const value = store.getItem(key);
  if (value !== null) return value;
  const cookie = readCookie(key);
  if (cookie !== null) {
    deleteCookie(key);
    write(key, cookie);
  }
  return cookie;
}

/** @param {string} key */
export function erase(key) {
  store.removeItem(key);
  deleteCookie(key);
}

/**
 * Read a `count|ms` record: how often, and when last; an old comma form has a count and no time. What is unknown is 0.
 * @param {string} key
 */
export function readCount(key) {
  return /** @type {[number, number]} */ (`${read(key)}|0`.split("|").map((part) => parseInt(part, 10) || 0));
}

/**
 * Add one to a `count|ms` record and stamp it with the present.
 * @param {string} key
 * @param {number} [most]
 */
export function addCount(key, most = 9999) {
  write(key, `${Math.min(readCount(key)[0] + 1, most)}|${Date.now()}`);
}

import { deleteCookie, readCookie } from "./cookies.js";

/** The version that the SDK reports and stamps on what it stores (widgets.md 7). */
export const VERSION = "1.2.20";
const YEAR = 365 * 24 * 3600 * 1000;

/** Stands in where the browser blocks Web Storage: lives as long as the page. */
class MemoryStorage {
  /** @type {Map<string, string>} */
  items = new Map();
  get length() {
    return this.items.size;
  }
  /** @param {number} index */
  key(index) {
    return [...this.items.keys()][index] ?? null;
  }
  /** @param {string} key */
  getItem(key) {
    return this.items.get(key) ?? null;
  }
  /** @param {string} key @param {string} value */
  setItem(key, value) {
    this.items.set(key, value);
  }
  /** @param {string} key */
  removeItem(key) {
    this.items.delete(key);
  }
}
const memory = { localStorage: new MemoryStorage(), sessionStorage: new MemoryStorage() };

/**
 * The browser's storage, or memory where it is blocked: most browsers throw then, some web views have null.
 * @param {"localStorage" | "sessionStorage"} name
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
 * @param {"localStorage" | "sessionStorage"} name
 * @param {string} key
 * @param {string} value
 */
export function put(name, key, value) {
  try {
    area(name).setItem(key, value);
  } catch {
    return;
  }
}

/**
 * The keys that begin so.
 * @param {"localStorage" | "sessionStorage"} name
 * @param {string} prefix
 */
export function keys(name, prefix) {
  const store = area(name);
  return Array.from({ length: store.length }, (_, index) => /** @type {string} */ (store.key(index))).filter((key) =>
    key.startsWith(prefix),
  );
}

/**
 * The envelope `{"$": payload, "@": expiry, "PATHFORA": version}`, or null for foreign values.
 * @param {string | null} text
 * @returns {Record<string, string> | null}
 */
function envelope(text) {
  try {
    const value = JSON.parse(text ?? "");
    return typeof value === "object" && value && "@" in value ? value : null;
  } catch {
    return null;
  }
}

/** @param {Record<string, string>} record */
function expired(record) {
  return Date.parse(record["@"] ?? "") < Date.now();
}

/** `utils.store`: local storage with an expiry date on each record. Reading never moves that date. */
export const store = {
  /** @param {string} key @returns {string | null} */
  getItem(key) {
    const text = area("localStorage").getItem(key);
    const record = envelope(text);
    if (!record) return text;
    if (!expired(record)) return record.$ ?? null;
    store.removeItem(key);
    return null;
  },
  /** @param {string} key @param {unknown} payload @param {Date} [expires] */
  setItem(key, payload, expires = new Date(Date.now() + YEAR)) {
    put("localStorage", key, JSON.stringify({ $: String(payload), "@": expires.toISOString(), PATHFORA: VERSION }));
  },
  /** @param {string} key @param {unknown} payload @param {number} milliseconds */
  ttl(key, payload, milliseconds) {
    if (typeof milliseconds !== "number") throw new Error("milliseconds must be a number!");
    store.setItem(key, payload, new Date(Date.now() + milliseconds));
  },
  /** @param {string} key */
  removeItem(key) {
    area("localStorage").removeItem(key);
  },
  removeExpiredItems() {
    for (const key of keys("localStorage", "")) {
      const record = envelope(area("localStorage").getItem(key));
      if (record && "PATHFORA" in record && expired(record)) store.removeItem(key);
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
    store.setItem(key, cookie);
  }
  return cookie;
}

/** @param {string} key @param {unknown} value @param {Date} [expires] */
export function write(key, value, expires) {
  store.setItem(key, value, expires);
}

/** @param {string} key */
export function erase(key) {
  store.removeItem(key);
  deleteCookie(key);
}

/**
 * Read a `count|ms` record; an old comma form has a count and no time.
 * @param {string} key
 * @returns {{count: number, last: number}} `last` is NaN when unknown
 */
export function readCount(key) {
  const [count = "", last = ""] = (read(key) ?? "").split("|");
  return { count: parseInt(count, 10) || 0, last: parseInt(last, 10) };
}

/**
 * Add one to a `count|ms` record and stamp it with the present.
 * @param {string} key
 * @param {number} most
 */
export function addCount(key, most) {
  write(key, `${Math.min(readCount(key).count + 1, most)}|${Date.now()}`);
}

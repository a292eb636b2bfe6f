/** The browser's local storage, where it is open. */

/** Where events wait that have not been delivered: at most 100 of them, each for at most a day. */
export const OUTBOX_KEY = "jstag_outbox";

/** @returns {Storage | undefined} undefined where the browser refuses even to name it */
export function openStorage() {
  try {
    return window.localStorage;
  } catch {
    return undefined;
  }
}

/**
 * The parsed value; undefined when there is none that is a list.
 *
 * @param {string} key
 * @param {Storage} [storage]
 * @returns {any[] | undefined}
 */
export function readList(key, storage = openStorage()) {
  try {
    const list = JSON.parse(storage?.getItem(key) ?? "");
    return Array.isArray(list) ? list : undefined;
  } catch {
    return undefined; // Closed, or somebody else's text: as good as nothing.
  }
}

/**
 * @param {string} key
 * @param {unknown[]} list
 * @param {Storage} [storage]
 * @returns {boolean} whether it is kept; a storage may be closed or full
 */
export function keepList(key, list, storage = openStorage()) {
  try {
    storage?.setItem(key, JSON.stringify(list));
    return Boolean(storage);
  } catch {
    return false;
  }
}

/**
 * @param {string} key
 * @param {Storage} [storage]
 * @returns {boolean} whether the storage is open
 */
export function dropItem(key, storage = openStorage()) {
  try {
    storage?.removeItem(key);
    return Boolean(storage);
  } catch {
    return false;
  }
}

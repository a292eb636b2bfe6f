/** The browser's local storage, where it is open. A page may give another one that is used in its place. */

/** Where events wait that have not been delivered: at most 100 of them, each for at most a day. */
export const OUTBOX_KEY = "jstag_outbox";

/**
 * What `code` answers; undefined when it throws, as reading and writing do where the browser has closed its storage.
 *
 * @template T
 * @param {() => T} code
 * @returns {T | undefined}
 */
export function quietly(code) {
  try {
    return code();
  } catch {
    return undefined;
  }
}

/**
 * The list under a key; undefined when there is none, or somebody else's text.
 *
 * @param {string} key
 * @param {Storage} [storage]
 * @returns {any[] | undefined}
 */
export function readList(key, storage) {
  return quietly(() => JSON.parse(/** @type {any} */ ((storage ?? localStorage).getItem(key)))?.flat?.());
}

/**
 * @param {string} key
 * @param {unknown[]} [list] undefined to leave nothing
 * @param {Storage} [storage]
 * @returns {boolean | undefined} true when that is so now: a storage may be closed or full
 */
export function keepList(key, list, storage) {
  return quietly(() => {
    const open = storage ?? localStorage;
    if (list) open.setItem(key, JSON.stringify(list));
    else open.removeItem(key);
    return true;
  });
}

/** New visitor ids. `crypto.randomUUID` exists on secure pages only, so the id is built from random bytes. */

/** @returns {string} a version 4 UUID: the pattern's 0, 1 and 8 become random digits, 8 one of 8, 9, a and b */
export function randomId() {
  return "10000000-1000-4000-8000-100000000000".replace(/[018]/g, (/** @type {any} */ digit) =>
    (digit ^ (randomNumber() & (15 >> (digit / 4)))).toString(16),
  );
}

/** @returns {string} `u_` and up to 18 digits, the form of older tags */
export function simpleId() {
  return `u_${randomNumber() % 1e9}${randomNumber() % 1e9}`;
}

export function randomNumber() {
  return /** @type {number} */ (crypto.getRandomValues(new Uint32Array(1))[0]);
}

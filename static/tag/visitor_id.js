/** New visitor ids. `crypto.randomUUID` exists on secure pages only, so the id is built from random bytes. */

/**
 * A version 4 UUID, where the pattern's 0, 1 and 8 become random digits, 8 one of 8, 9, a and b; or `u_` and up to 18
 * digits, the form of older tags.
 *
 * @param {boolean} simple
 * @returns {string}
 */
export function randomId(simple) {
  if (simple) return `u_${randomNumber() % 1e9}${randomNumber() % 1e9}`;
  return "10000000-1000-4000-8000-100000000000".replace(/[018]/g, (/** @type {any} */ digit) =>
    (digit ^ (randomNumber() & (15 >> (digit / 4)))).toString(16),
  );
}

export function randomNumber() {
  return /** @type {number} */ (crypto.getRandomValues(new Uint32Array(1))[0]);
}

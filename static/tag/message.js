/** What the page handed to `send` and its relatives, told apart by type and in any order (tag.md 3.1). */

/** @import { Message, SendParams } from "./types.js" */

/**
 * `undefined` and `null` stand for an argument left out; of two of a kind the later one counts.
 *
 * @param {unknown[]} values
 * @returns {SendParams}
 * @throws {TypeError} for a value that is no payload, stream, mock flag or callback
 */
export function parseParams(values) {
  /** @type {SendParams} */
  const params = { data: {} };
  for (const value of values) {
    const type = typeof value;
    if (value == null) continue;
    else if (type === "object") params.data = /** @type {object} */ (value);
    else if (type === "string") params.stream = /** @type {string} */ (value);
    else if (type === "function") params.callback = /** @type {any} */ (value);
    else if (type === "boolean") params.isMock = /** @type {boolean} */ (value);
    else throw new TypeError(`unable to process jstag.send event: unknown value type (${type}): ${String(value)}`);
  }
  return params;
}

/**
 * A message with a copy of the payload, so that the page may reuse its object; an array gets its indexes as keys.
 *
 * @param {SendParams} params
 * @param {import("./types.js").Tree} data the complete payload
 * @returns {Message}
 */
export function createMessage({ stream, callback }, data) {
  return { data, stream, callback, sendurl: [] };
}

/* eslint-disable no-console -- the console is where the vendor's SDK speaks to developers */

/** Errors whose text pages and suites rely on: the caller of the API gets them thrown. */
const refusals = new WeakSet();

/**
 * An error that the contract words.
 * @param {string} message
 */
export function refusal(message) {
  const error = new Error(message);
  refusals.add(error);
  return error;
}

/** @param {unknown} error */
export function isRefusal(error) {
  return refusals.has(/** @type {object} */ (error));
}

/** @param {string} message */
export function warn(message) {
  console.warn(message);
}

/** @param {string} message */
export function note(message) {
  console.log(message);
}

/**
 * Tell the developer which widget broke; the page goes on.
 * @param {string} id
 * @param {unknown} error
 */
export function report(id, error) {
  console.error(`pathfora: widget "${id}" failed:`, error);
}

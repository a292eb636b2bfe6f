/* eslint-disable no-console -- the console is where the vendor's SDK speaks to developers */

/** An error that the contract words, and pages and suites rely on: the caller of the API gets it thrown. */
export class Refusal extends Error {}

/** @param {string} message */
export function refusal(message) {
  return new Refusal(message);
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

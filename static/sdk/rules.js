/** @typedef {Record<string, any>} Fields */

/**
 * A rule on a whole number: text is read up to its first non-digit.
 * @param {(value: number, limit: number) => boolean} compare
 */
function numeric(compare) {
  return (/** @type {string} */ key, /** @type {number} */ limit) => (/** @type {Fields} */ data) =>
    compare(parseInt(data[key], 10), limit);
}

/**
 * @param {any} list an array, a string, or nothing
 * @param {unknown} value
 */
function holds(list, value) {
  return list != null && list.includes(value);
}

/** `pathfora.rules`: makers of audience tests on the visitor's fields (widgets.md 4.3). A missing field includes nothing. */
export const rules = {
  /** @param {string} key @param {unknown} value */
  includes: (key, value) => (/** @type {Fields} */ data) => holds(data[key], value),
  /** @param {string} key @param {unknown} value */
  excludes: (key, value) => (/** @type {Fields} */ data) => !holds(data[key], value),
  /** @param {string} key @param {unknown} value */
  eq: (key, value) => (/** @type {Fields} */ data) => data[key] === value,
  /** @param {string} key @param {unknown} value */
  notEq: (key, value) => (/** @type {Fields} */ data) => data[key] !== value,
  gt: numeric((value, limit) => value > limit),
  gte: numeric((value, limit) => value >= limit),
  lt: numeric((value, limit) => value < limit),
  lte: numeric((value, limit) => value <= limit),
  /** @param {string} id @param {string | number} version @param {string} step */
  inFlowStep: (id, version, step) => (/** @type {Fields} */ data) => data._flows?.[`${id}-${version}`]?.step === step,
  /** @param {string} segment */
  inSegment: (segment) => (/** @type {Fields} */ data) => holds(data.segments, segment),
};

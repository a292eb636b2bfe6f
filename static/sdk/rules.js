/** @typedef {Record<string, any>} Fields */

/**
 * A maker of audience tests on one field.
 * @param {(found: any, value: any) => boolean} test
 */
function onField(test) {
  return (/** @type {string} */ key, /** @type {any} */ value) => (/** @type {Fields} */ data) => test(data[key], value);
}

const includes = onField((list, value) => Boolean(list?.includes(value)));

/** `pathfora.rules`: makers of audience tests on the visitor's fields (widgets.md 4.3). A missing field includes nothing. */
export const rules = {
  includes,
  excludes: onField((list, value) => !list?.includes(value)),
  eq: onField((found, value) => found === value),
  notEq: onField((found, value) => found !== value),
  gt: onField((found, limit) => parseInt(found, 10) > limit),
  gte: onField((found, limit) => parseInt(found, 10) >= limit),
  lt: onField((found, limit) => parseInt(found, 10) < limit),
  lte: onField((found, limit) => parseInt(found, 10) <= limit),
  /** @param {string} id @param {string | number} version @param {string} step */
  inFlowStep: (id, version, step) => (/** @type {Fields} */ data) => data._flows?.[`${id}-${version}`]?.step === step,
  /** @param {string} segment */
  inSegment: (segment) => includes("segments", segment),
};

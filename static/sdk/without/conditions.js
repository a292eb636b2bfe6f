/** Instead of `conditions.js`, in a build without any condition: every widget passes. */

/** @returns {never[]} */
export function activeConditions() {
  return [];
}

export function passes() {
  return true;
}

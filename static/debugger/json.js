/**
 * Anything as JSON text, for another window or a server: functions are left out, nodes become a word, and a branch that contains
 * itself ends there. A page's own data, which log and configuration hold, may be all of that.
 * @param {unknown} value
 */
export function jsonText(value) {
  /** @type {unknown[]} */
  const within = [];
  return JSON.stringify(value, function plainly(/** @type {string} */ _name, /** @type {unknown} */ item) {
    if (typeof item === "bigint") return String(item);
    if (item === null || typeof item !== "object") return item;
    if (item instanceof Node || item === window) return Object.prototype.toString.call(item);
    while (within.length && within.at(-1) !== this) within.pop();
    if (within.includes(item)) return "(contains itself)";
    within.push(item);
    return item;
  });
}

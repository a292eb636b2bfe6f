const DEEPEST = 12;
const MOST_MEMBERS = 2000;

/**
 * A copy of anything as plain data, which JSON can carry: functions, nodes and whatever cannot be read become a word for it,
 * a branch that contains itself ends there. Nothing of the original is called but its getters.
 * @param {unknown} value
 * @returns {any}
 */
export function plainCopy(value) {
  let left = MOST_MEMBERS;
  /** @type {(item: unknown, within: unknown[]) => any} */
  const copy = (item, within) => {
    if (item === null || typeof item === "string" || typeof item === "boolean") return item;
    if (typeof item === "number") return Number.isFinite(item) ? item : String(item);
    if (typeof item !== "object") return wordFor(item);
    if (item instanceof Date) return Number.isNaN(item.getTime()) ? "Invalid Date" : item.toISOString();
    if (item instanceof Node || item === window) return wordFor(item);
    if (within.includes(item)) return "(contains itself)";
    if (within.length >= DEEPEST || --left < 0) return "(more)";
    return branch(item, [...within, item]);
  };
  /** @type {(item: object, within: unknown[]) => any} */
  const branch = (item, within) => {
    try {
      if (Array.isArray(item)) return item.map((one) => copy(one, within));
      const entries = Object.keys(item).map((name) => [name, memberCopy(item, name, within)]);
      return Object.fromEntries(entries);
    } catch {
      return "(not readable from here)";
    }
  };
  /** @type {(item: object, name: string, within: unknown[]) => any} */
  const memberCopy = (item, name, within) => {
    try {
      return copy(Reflect.get(item, name), within);
    } catch (error) {
      return `(${error})`;
    }
  };
  return copy(value, []);
}

/** @param {unknown} value */
function wordFor(value) {
  if (value === undefined) return undefined;
  if (typeof value === "function") return `ƒ ${value.name || "function"}`;
  if (value instanceof Element) return `<${value.localName}>`;
  return String(value === window ? "window" : value);
}

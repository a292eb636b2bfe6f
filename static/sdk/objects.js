/** @typedef {Record<string, any>} Dictionary */

/**
 * What kind of object a value is, whatever the page has patched.
 * @param {unknown} value
 */
export function kindOf(value) {
  return {}.toString.call(value);
}

/**
 * JSON of a value, whatever `toJSON` the page's libraries have given to texts and lists.
 * @param {unknown} value
 */
export function toJson(value) {
  return JSON.stringify(value, function (key) {
    return this[key];
  });
}

/**
 * Plain objects are merged; anything else (arrays, dates, nodes) is taken by reference.
 * @param {unknown} value
 * @returns {value is Dictionary}
 */
function isPlain(value) {
  return kindOf(value) === "[object Object]";
}

/**
 * Merge `source` into `target`, recursively (widgets.md 1.6). Only own keys count, so a prototype cannot be reached.
 * @param {Dictionary} target
 * @param {Dictionary} source
 */
export function updateObject(target, source) {
  for (const key of Object.keys(source)) {
    const value = source[key];
    if (key === "__proto__") continue;
    if (!isPlain(value)) target[key] = value;
    else {
      if (!isPlain(target[key])) target[key] = {};
      updateObject(target[key], value);
    }
  }
}

/**
 * Set `object.a.b.c` from the path `"a.b.c"`, making the objects on the way.
 * @param {Dictionary} object
 * @param {string} path
 * @param {unknown} value
 */
export function setObjectValue(object, path, value) {
  if (path.includes("__proto__")) return;
  const keys = path.split(".");
  const last = /** @type {string} */ (keys.pop());
  for (const key of keys) {
    if (!Object.hasOwn(object, key)) object[key] = {};
    object = object[key];
  }
  object[last] = value;
}

/**
 * Read `object.a.b.c`; undefined where a step is missing or null.
 * @param {Dictionary} object
 * @param {string} path
 */
export function getObjectValue(object, path) {
  /** @type {any} */
  let value = object;
  for (const key of path.split(".")) value = value?.[key];
  return value;
}

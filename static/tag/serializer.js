/**
 * The wire text of a payload (tag.md 5.4): `k=v` pairs, dots between nested keys, arrays as `_len`, `_json` and
 * repeated keys. `null`, `undefined`, functions and symbols are left out; `false`, 0 and "" are sent.
 *
 * A Date, UNKNOWN in the vendor's tag, goes out as ISO text, and one that is invalid is left out.
 */

/**
 * @param {any} value
 * @param {string} [name] what comes before; without one an array counts as an object with indexes for keys
 * @returns {string} pairs joined by `&`, without a leading one
 */
export function serialize(value, name = "") {
  return pairs(value, name).join("&");
}

/**
 * @param {any} value
 * @param {string} name
 * @returns {string[]}
 */
function pairs(value, name) {
  if (value == null || typeof value === "function" || typeof value === "symbol") return [];
  if (value instanceof Date) return pairs(value.toJSON(), name);
  if (typeof value !== "object") return [pair(name, value)];
  if (name && Array.isArray(value)) {
    const head = [pair(`${name}_len`, value.length), pair(`${name}_json`, JSON.stringify(value))];
    return value.reduce((list, item) => list.concat(pairs(item, name)), head);
  }
  return Object.keys(value).flatMap((key) => pairs(value[key], name ? `${name}.${key}` : key));
}

/**
 * @param {string} key
 * @param {unknown} value
 */
function pair(key, value) {
  return `${encodeText(key)}=${encodeText(value)}`;
}

/**
 * Percent-encoded; half a surrogate pair, on which encodeURIComponent throws, becomes U+FFFD.
 *
 * @param {unknown} value
 * @returns {string}
 */
export function encodeText(value) {
  return encodeURIComponent(String(value).replace(/\p{Cs}/gu, "\ufffd"));
}

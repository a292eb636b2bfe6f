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
export function serialize(value, name) {
  if (value == null || typeof value === "function" || typeof value === "symbol") return "";
  if (value.toJSON) return serialize(value.toJSON(), name);
  if (typeof value !== "object") return `${encodeText(name)}=${encodeText(value)}`;
  const pairs =
    name && Array.isArray(value)
      ? [
          serialize(value.length, `${name}_len`),
          serialize(JSON.stringify(value), `${name}_json`),
          ...value.map((item) => serialize(item, name)),
        ]
      : Object.keys(value).map((key) => serialize(value[key], name ? `${name}.${key}` : key));
  return pairs.filter(Boolean).join("&");
}

/**
 * Percent-encoded; half a surrogate pair, on which encodeURIComponent throws, becomes U+FFFD.
 *
 * @param {unknown} value
 * @returns {string}
 */
export function encodeText(value) {
  return encodeURIComponent(`${value}`.replace(/\p{Cs}/gu, "\ufffd"));
}

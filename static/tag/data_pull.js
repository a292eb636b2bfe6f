/** Taking a page's data along (tag.md 7.1, 7.5). */

/**
 * A copy that can travel: what JSON keeps of a value, undefined when that is nothing. Throws on a cycle, as nodes of
 * some frameworks have.
 *
 * @param {unknown} value
 * @returns {any}
 */
export function plainCopy(value) {
  const text = JSON.stringify(value);
  return text && JSON.parse(text);
}

/** Making elements. */

/**
 * @template {keyof HTMLElementTagNameMap} Name
 * @param {Name} name
 * @param {object} properties
 * @returns {HTMLElementTagNameMap[Name]}
 */
export function make(name, properties) {
  return Object.assign(document.createElement(name), properties);
}

/**
 * Make an element and put it into the document, where nobody sees it.
 *
 * @template {keyof HTMLElementTagNameMap} Name
 * @param {Name} name
 * @param {object} properties
 * @returns {HTMLElementTagNameMap[Name]}
 */
export function add(name, properties) {
  const node = make(name, properties);
  (document.head || document.documentElement).append(node);
  return node;
}

/** @param {string} [integrity] hash of the only file that may be loaded */
export function pinned(integrity) {
  return integrity && { integrity, crossOrigin: "" };
}

/**
 * Build an element.
 * @template {keyof HTMLElementTagNameMap} K
 * @param {K} tag
 * @param {string} className
 * @param {Record<string, unknown>} [attributes] those that are null or undefined are left out
 * @param {(Node | string | false | null | undefined)[]} [children] likewise
 * @returns {HTMLElementTagNameMap[K]}
 */
export function make(tag, className, attributes = {}, children = []) {
  const node = document.createElement(tag);
  if (className) node.className = className;
  for (const [name, value] of Object.entries(attributes)) if (value != null) node.setAttribute(name, /** @type {string} */ (value));
  node.append(.../** @type {Node[]} */ (children.filter(Boolean)));
  return node;
}

/**
 * A class string of the names that are any.
 * @param {...(string | false | undefined)} names
 */
export function classes(...names) {
  return names.filter(Boolean).join(" ");
}

/**
 * Every match below a node.
 * @param {ParentNode} node
 * @param {string} selector
 */
export function all(node, selector) {
  return /** @type {NodeListOf<HTMLElement>} */ (node.querySelectorAll(selector));
}

/** @param {string} text */
export function escapeRegex(text) {
  return text.replace(/[.*+?^${}()|[\]\\/-]/g, "\\$&");
}

/** @param {string} name */
function classPattern(name) {
  return new RegExp(`(^|\\s+)${escapeRegex(name)}(?=\\s|$)`, "gi");
}

/**
 * Whether a class is there, whatever its case.
 * @param {Element} node
 * @param {string} name
 */
export function hasClass(node, name) {
  return classPattern(name).test(node.className);
}

/**
 * Remove a class, whatever its case; only whole names match.
 * @param {Element} node
 * @param {string} name
 */
export function removeClass(node, name) {
  node.className = node.className.replace(classPattern(name), "");
}

/**
 * Append a class, once, after one space (widgets.md 1.6).
 * @param {Element} node
 * @param {string} name
 */
export function addClass(node, name) {
  removeClass(node, name);
  node.className += ` ${name}`;
}

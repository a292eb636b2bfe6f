import { parts } from "./state.js";
import { safeUrl } from "./uri.js";

/** @typedef {{url?: string, title?: string, description?: string, image?: string, author?: string, date?: string, default?: boolean}} Content */

/**
 * A document of the recommendation API as widgets know it (widgets.md 4.8).
 * @param {Record<string, any>} document
 */
export function toContent({ title, description, url, primary_image: image, created: date, author }) {
  return { title, description, url, image, date, author };
}

/**
 * Put one property of a document into a node: an address if it is safe, anything else as text.
 * @param {HTMLElement} node
 * @param {string} type
 * @param {any} value
 */
export function fillPart(node, type, value) {
  const picture = type === "image";
  const key = picture ? "src" : "href";
  if (value == null) return;
  if (picture || (type === "url" && key in node)) {
    if (safeUrl(value, picture) === null) return;
    if (key in node) node.setAttribute(key, value);
    else node.style.backgroundImage = `url(${JSON.stringify(value)})`;
  } else node.textContent = value;
}

/**
 * @param {unknown} date
 * @param {{locale?: string, dateOptions?: Intl.DateTimeFormatOptions}} [display] what to use instead of the page's settings
 */
export function dated(date, { locale, dateOptions } = {}) {
  const { pathfora } = parts;
  return new Date(String(date)).toLocaleDateString(locale ?? pathfora.locale, dateOptions ?? pathfora.dateOptions);
}

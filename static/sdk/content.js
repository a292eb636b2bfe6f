import { parts } from "./state.js";
import { safeUrl } from "./uri.js";

/**
 * A document of the recommendation API as widgets know it (widgets.md 4.8).
 * @param {Record<string, any>} document
 */
export function toContent({ title, description, url, primary_image: image, created: date, author }) {
  return { title, description, url, image, date, author };
}

/**
 * Put one property of a document into a node: an address if it is safe, anything else as text.
 * @template {HTMLElement} T
 * @param {T} node
 * @param {string} type
 * @param {any} value nothing leaves the node as it is
 */
export function fillPart(node, type, value) {
  const picture = type === "image";
  const key = picture ? "src" : "href";
  if (picture || (type === "url" && key in node)) {
    const url = safeUrl(value, picture);
    if (url && key in node) node.setAttribute(key, url);
    else if (url) node.style.backgroundImage = `url(${JSON.stringify(url)})`;
  } else if (value) node.textContent = value;
  return node;
}

/**
 * @param {unknown} date none is none
 * @param {{locale?: string, dateOptions?: Intl.DateTimeFormatOptions}} [display] what to use instead of the page's settings
 */
export function dated(date, display) {
  const { locale, dateOptions } = { ...parts.pathfora, ...display };
  return date && new Date(String(date)).toLocaleDateString(locale, dateOptions);
}

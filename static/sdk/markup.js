/** @import { Feature } from "./types" */
import { buildTextsWith } from "./text.js";
import { safeUrl } from "./uri.js";

const TAGS =
  /^(a|abbr|b|bd[io]|blockquote|br|caption|center|cite|code|col|colgroup|d[dlt]|del|dfn|div|em|figcaption|figure|font|h[1-6r]|i|img|ins|kbd|label|li|mark|ol|p|pre|q|s|samp|section|small|span|strike|strong|su[bp]|table|t[dhr]|tbody|tfoot|thead|time|u|ul|var|wbr)$/;
/** Their content is not text for people. */
const SKIPPED = /^(iframe|math|no.*|object|script|select|style|svg|template|textarea|title|xmp)$/;
const ATTRIBUTES =
  /^(align|alt|(aria|data)-[\w-]+|class|color|colspan|datetime|dir|face|height|lang|rel|reversed|role|rowspan|scope|size|start|tabindex|target|title|type|width)$/;
/** A comment, a tag, or the end. */
const TAG = /<!--[^]*?(?:-->|$)|$|<(\/?)([a-z][a-z\d-]*)((?:"[^"]*"|'[^']*'|[^"'<>])*)>/gi;
const ATTRIBUTE = /([^\s"'<>/=]+)(?:\s*=\s*(?:"([^"]*)"|'([^']*)'|([^\s"'>]+)))?/g;

/**
 * Character references are the browser's to decode, one by one: where a page requires trusted types only a sanitizer may, and without
 * one they stay as they are written.
 * @param {string} text
 */
function decode(text) {
  return text.replace(/&#?\w+;/g, (entity) => {
    const { body } = document.implementation.createHTMLDocument("");
    const { setHTML } = /** @type {any} */ (body);
    try {
      setHTML?.call(body, entity);
      return (setHTML ? body : new DOMParser().parseFromString(entity, "text/html").body).textContent ?? "";
    } catch {
      return entity;
    }
  });
}

/**
 * Inline styles go through the CSSOM, which a page's policy leaves alone; none that load, cover the page or hide their meaning.
 * @param {HTMLElement} node
 * @param {string} name lower case
 * @param {string} value
 */
function setAllowed(node, name, value) {
  if (name === "style") {
    node.style.cssText = value;
    if (/url\(|image|var\(|--|position|z-index/i.test(node.style.cssText)) node.removeAttribute(name);
  } else if (name === "id") {
    // An id names a global: it must not stand in for one that scripts, this one among them, look for.
    if (!(value in window || value in document || /^(jstag|lio|liosetup|ga)$/.test(value))) node.id = value;
  } else if (/^(href|src)$/.test(name) ? name in node && safeUrl(value, name === "src") : ATTRIBUTES.test(name)) {
    node.setAttribute(name, value);
  }
}

/**
 * An element with its allowed attributes.
 * @param {string} tag
 * @param {string} source the text between the tag's name and its end
 */
function buildElement(tag, source) {
  const node = document.createElement(tag);
  for (const [, name = "", double, single, bare] of source.matchAll(ATTRIBUTE)) {
    setAllowed(node, name.toLowerCase(), decode(double ?? single ?? bare ?? ""));
  }
  if (node.getAttribute("target")) node.setAttribute("rel", "noopener");
  return node;
}

/**
 * Nodes for a text with markup: allowed tags and attributes are built, other tags vanish and leave their text, scripts vanish whole.
 * The one place where text of a configuration becomes markup; the browser parses none of it.
 * @param {string} source
 */
function buildMarkup(source) {
  const root = new DocumentFragment();
  /** @type {(DocumentFragment | HTMLElement)[]} the open elements, innermost first */
  let open = [root];
  let skipped = "";
  let at = 0;
  for (const { 0: whole, 1: slash, 2: name = "", 3: rest = "", index } of source.matchAll(TAG)) {
    const tag = name.toLowerCase();
    if (!skipped) open[0]?.append(decode(source.slice(at, index)));
    at = index + whole.length;
    if (skipped) skipped = slash && tag === skipped ? "" : skipped;
    else if (slash) open = open.slice(open.findIndex((node) => node.nodeName.toLowerCase() === tag) + 1);
    else if (SKIPPED.test(tag)) skipped = rest.endsWith("/") ? "" : tag;
    else if (TAGS.test(tag)) {
      const node = buildElement(tag, rest);
      open[0]?.append(node);
      if (!/^(br|col|hr|img|wbr)$/.test(tag)) open = [node, ...open];
    }
  }
  return root;
}

/** Markup in texts; without this part they are shown as they are written. @type {Feature} */
export const markup = { start: () => buildTextsWith(buildMarkup) };

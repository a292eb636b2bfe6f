/** @import { Feature } from "./types" */
import { decodeEntities } from "./entities.js";
import { buildTextsWith } from "./text.js";
import { safeUrl } from "./uri.js";

/** @param {string} list */
const words = (list) => new Set(list.split(" "));
const TAGS = words(
  "a abbr b bdi bdo blockquote br caption cite code col colgroup dd del dfn div dl dt em figcaption figure font h1 h2 h3 h4 " +
    "h5 h6 hr i img ins kbd label li mark ol p pre q s samp section small span strike strong sub sup table tbody td tfoot " +
    "th thead time tr u ul var wbr center",
);
const VOID = words("br col hr img wbr");
/** Their content is not text for people. */
const SKIPPED = words("script style template noscript iframe object textarea title select svg math xmp noembed noframes");
const ATTRIBUTES = words(
  "align alt class color colspan datetime dir face height lang rel reversed role rowspan scope size start tabindex target title type width",
);
/** A comment, a tag, or the end. */
const TAG = /<!--[^]*?(?:-->|$)|$|<(\/?)([a-z][a-z\d-]*)((?:"[^"]*"|'[^']*'|[^"'<>])*)>/gi;
const ATTRIBUTE = /([^\s"'<>/=]+)(?:\s*=\s*(?:"([^"]*)"|'([^']*)'|([^\s"'>]+)))?/g;

/**
 * Inline styles through the CSSOM, which a page's policy leaves alone; none that load, cover the page or hide their meaning.
 * @param {HTMLElement} node
 * @param {string} value
 */
function setStyle(node, value) {
  node.style.cssText = value;
  if (/url\(|image|var\(|--|expression|position|z-index/i.test(node.style.cssText)) node.removeAttribute("style");
}

/**
 * @param {HTMLElement} node
 * @param {string} name lower case
 * @param {string} value
 */
function setAllowed(node, name, value) {
  if (name === "style") setStyle(node, value);
  else if (name === "href" || name === "src") {
    const url = safeUrl(value, name === "src");
    if (url !== null && name in node) node.setAttribute(name, url);
  } else if (name === "id") {
    // An id names a global: it must not stand in for one that scripts, this one among them, look for.
    if (!(value in window) && !(value in document) && !/^(jstag|lio|liosetup|ga)$/.test(value)) node.id = value;
  } else if (ATTRIBUTES.has(name) || /^(aria|data)-[\w-]+$/.test(name)) node.setAttribute(name, value);
}

/**
 * @param {Node[]} stack
 * @param {string} tag lower case, allowed
 * @param {string} source the text between the tag's name and its end
 */
function openTag(stack, tag, source) {
  const node = document.createElement(tag);
  for (const [, name = "", double, single, bare] of source.matchAll(ATTRIBUTE)) {
    setAllowed(node, name.toLowerCase(), decodeEntities(double ?? single ?? bare ?? ""));
  }
  if (node.getAttribute("target")) node.setAttribute("rel", `${node.getAttribute("rel") ?? ""} noopener`.trim());
  stack[0]?.appendChild(node);
  if (!VOID.has(tag)) stack.unshift(node);
}

/**
 * Nodes for a text with markup: allowed tags and attributes are built, other tags vanish and leave their text, scripts vanish whole.
 * The one place where text of a configuration becomes markup; nothing is parsed by the browser.
 * @param {string} source
 */
function buildMarkup(source) {
  const root = document.createDocumentFragment();
  /** @type {(DocumentFragment | HTMLElement)[]} the open elements, innermost first */
  const stack = [root];
  let skipped = "";
  let at = 0;
  for (const { 0: whole, 1: slash, 2: name = "", 3: rest = "", index } of source.matchAll(TAG)) {
    const text = source.slice(at, index);
    if (!skipped && text) stack[0]?.append(decodeEntities(text));
    at = index + whole.length;
    const tag = name.toLowerCase();
    if (!skipped) skipped = takeTag(stack, slash, tag, rest);
    else if (slash && tag === skipped) skipped = "";
  }
  return root;
}

/**
 * Act on a tag; answers its name when everything up to its end tag is to be skipped.
 * @param {Node[]} stack
 * @param {string | undefined} slash
 * @param {string} tag
 * @param {string} rest
 */
function takeTag(stack, slash, tag, rest) {
  if (slash) closeTag(stack, tag);
  else if (SKIPPED.has(tag)) return rest.endsWith("/") ? "" : tag;
  else if (TAGS.has(tag)) openTag(stack, tag, rest);
  return "";
}

/**
 * Leave the nearest open element of that name; a stray end tag is nothing.
 * @param {Node[]} stack
 * @param {string} tag
 */
function closeTag(stack, tag) {
  const index = stack.findIndex((node) => node.nodeName.toLowerCase() === tag);
  if (index >= 0) stack.splice(0, index + 1);
}

/** Markup in texts; without this part they are shown as they are written. @type {Feature} */
export const markup = { start: () => buildTextsWith(buildMarkup) };

/** @import { Feature } from "./types" */
import { kindOf } from "./objects.js";
import { buildTextsWith } from "./text.js";
import { safeUrl } from "./uri.js";

/** What is for text, by the interfaces of its elements; those of the page's own are none of it. */
const TAGS = /^.object HTML(|Anchor|BR|DList|Div|Font|HR|Heading|Image|LI|Label|Mod|OList|Paragraph|Pre|Quote|Span|Table\w*|Time|UList)Element.$/;
/** Their content is not text for people. */
const SKIPPED = /^(iframe|math|no(embed|frames|script)|object|script|select|style|svg|template|textarea|title|xmp)$/;
const ATTRIBUTES =
  /^(align|alt|(aria|data)-[\w-]+|class|color|colspan|datetime|dir|face|height|lang|rel|reversed|role|rowspan|scope|size|start|tabindex|target|title|type|width)$/;
/** Inline styles and handlers are parsed under another name: under their own, a strict policy reports them, though nothing comes of them. */
const INLINE = /(?=(on\w+|style)\s*=)(?<=<[^<>]*\s)/gi;
const PREFIX = "x-";

/**
 * Nodes for a text in a document of its own, where nothing runs or loads. Where a page requires trusted types, only browsers with a
 * sanitizer have that; in others, since nothing of ours may make the page trust a text, the tags go and their content stays.
 * @param {string} source
 * @returns {Iterable<Node>}
 */
function parse(source) {
  const { body } = document.implementation.createHTMLDocument("");
  const { setHTML } = /** @type {any} */ (body);
  try {
    if (!setHTML) return new DOMParser().parseFromString(source, "text/html").body.childNodes;
    setHTML.call(body, source, { sanitizer: {} });
    return body.childNodes;
  } catch {
    return [new Text(source.replace(/<[^>]*>/g, ""))];
  }
}

/**
 * Inline styles go through the CSSOM, which a page's policy leaves alone; none that load, cover the page or hide their meaning.
 * @param {HTMLElement} node
 * @param {Attr} attribute
 */
function setAllowed(node, { name, value }) {
  if (name === `${PREFIX}style`) {
    node.style.cssText = value;
    if (/url\(|image|var\(|--|position|z-index/i.test(node.style.cssText)) node.removeAttribute("style");
  } else if (name === "id") {
    // An id names a global: it must not stand in for one that scripts, this one among them, look for.
    if (!(value in window || value in document || /^(jstag|lio|liosetup|ga)$/.test(value))) node.id = value;
  } else if (/^(href|src)$/.test(name) ? name in node && safeUrl(value, name === "src") : ATTRIBUTES.test(name)) {
    node.setAttribute(name, value);
  }
}

/**
 * Build again what is allowed: other tags vanish and leave their text, scripts vanish whole.
 * @param {Node} target
 * @param {Iterable<Node>} nodes
 */
function copyAllowed(target, nodes) {
  for (const node of nodes) {
    const { localName: tag, attributes } = /** @type {Element} */ (node);
    let place = target;
    if (SKIPPED.test(tag)) continue;
    if (node.nodeType === 3) target.appendChild(node.cloneNode());
    if (TAGS.test(kindOf(node)) && !tag.includes("-")) {
      const twin = /** @type {HTMLAnchorElement} */ (document.createElement(tag));
      for (const attribute of attributes) setAllowed(twin, attribute);
      if (twin.target) twin.rel = "noopener";
      place = target.appendChild(twin);
    }
    copyAllowed(place, node.childNodes);
  }
  return target;
}

/**
 * Nodes for a text with markup: the one place where text of a configuration becomes markup.
 * @param {string} source
 */
function buildMarkup(source) {
  if (!/[<&]/.test(source)) return source;
  return copyAllowed(new DocumentFragment(), parse(source.replace(INLINE, PREFIX)));
}

/** Markup in texts; without this part they are shown as they are written. @type {Feature} */
export const markup = { start: () => buildTextsWith(buildMarkup) };

/** @import { Feature } from "./types" */
import { dated, fillPart, toContent } from "./content.js";
import { all } from "./dom.js";
import { report } from "./log.js";
import { recommendContent } from "./recommend_content.js";
import { parts } from "./state.js";
import { adopt } from "./stylesheet.js";
import { requireAccount, visitorSegments, whenVisitorKnown } from "./visitor.js";

const VARIANT = "data-pftrigger";
const RECOMMEND = "data-pfrecommend";
const BLOCK = "data-pfblock";
const DEFAULT = "default";

/**
 * Show an element. The block that it fills is written down, so that a later run finds it taken.
 * @param {HTMLElement} element
 * @param {string} attribute
 */
function reveal(element, attribute) {
  element.removeAttribute(attribute);
  element.setAttribute("data-pfmodified", "true");
  if (attribute === RECOMMEND) element.setAttribute(BLOCK, element.getAttribute(BLOCK) ?? DEFAULT);
}

/**
 * The elements with an attribute, by their value of another; without those whose group shows one of its elements already.
 * @param {string} attribute
 * @param {string} group
 * @param {string} [key]
 */
function undecided(attribute, group, key = group) {
  /** @param {HTMLElement} element @param {string} name */
  const valueOf = (element, name) => element.getAttribute(name) ?? DEFAULT;
  const shown = [...all(document, `[data-pfmodified][${group}]:not([${attribute}])`)].map((element) => valueOf(element, group));
  /** @type {Map<string, HTMLElement[]>} */
  const found = new Map();
  for (const element of all(document, `[${attribute}]`)) {
    const name = valueOf(element, key);
    if (!shown.includes(valueOf(element, group))) found.set(name, [...(found.get(name) ?? []), element]);
  }
  return found;
}

/**
 * The element of a list that stands for all who have none of their own: the last.
 * @param {HTMLElement[]} elements
 * @param {string} attribute
 */
function fallback(elements, attribute) {
  return elements.filter((element) => element.getAttribute(attribute) === DEFAULT).pop();
}

/**
 * Show a document in a container (widgets.md 4.9).
 * @param {HTMLElement} element
 * @param {any} document
 */
function fillBlock(element, document) {
  const content = toContent(document);
  const published = content.date && dated(content.date);
  for (const node of all(element, "[data-pftype]")) {
    const type = node.getAttribute("data-pftype") ?? "";
    fillPart(node, type, /** @type {Record<string, unknown>} */ ({ ...content, published })[type]);
  }
  reveal(element, RECOMMEND);
}

/** `pathfora.inline`: parts of the page for some visitors, without widgets (widgets.md 4.9). */
function makeInline() {
  const { pathfora } = parts;
  const inline = {
    elements: [],
    preppedElements: [],
    defaultElements: [],
    parent: pathfora,
    /** @param {string} attribute */
    prepElements: (attribute) => (attribute === VARIANT ? undecided(attribute, "data-pfgroup") : undecided(attribute, BLOCK, attribute)),
    procElements() {
      inline.prepElements(VARIANT).forEach(inline.procTriggerElements);
      const collections = inline.prepElements(RECOMMEND);
      let waiting = 1;
      const done = () => --waiting || inline.setDefaultRecommend();
      collections.delete(DEFAULT);
      collections.forEach((elements, collection) => {
        waiting += 1;
        inline.procRecommendElements(elements, collection, elements.some((element) => element.dataset.pfshuffle === "true"), done);
      });
      done();
    },
    /** @param {HTMLElement[]} elements @param {string} group */
    procTriggerElements(elements, group) {
      const segments = visitorSegments();
      const own = elements.filter((element) => segments.includes(element.getAttribute(VARIANT)));
      const chosen = group === DEFAULT ? own : [own[0] ?? fallback(elements, VARIANT)];
      for (const element of chosen) if (element) reveal(element, VARIANT);
    },
    /** @param {HTMLElement[]} elements @param {string} collection @param {boolean} shuffle @param {() => void} callback */
    procRecommendElements(elements, collection, shuffle, callback) {
      if (pathfora.acctid === "") throw new Error("Could not get account id from Lytics Javascript tag.");
      recommendContent(pathfora.acctid, { contentsegment: collection, shuffle: shuffle || undefined }, collection, (documents) => {
        elements.slice(0, documents.length).forEach((element, index) => fillBlock(element, documents[index]));
        callback();
      });
    },
    setDefaultRecommend() {
      undecided(RECOMMEND, BLOCK).forEach((elements) => {
        const element = fallback(elements, RECOMMEND);
        if (element) reveal(element, RECOMMEND);
      });
    },
  };
  return inline;
}

/** Show what is for this visitor, when the page is parsed and the tag knows them. */
function initializeInline() {
  const { pathfora } = parts;
  pathfora.onDOMready(() =>
    whenVisitorKnown(pathfora, () => {
      try {
        requireAccount(pathfora);
        pathfora.inline.procElements();
      } catch (error) {
        report("inline", error);
      }
    }),
  );
}

/** Inline personalisation. @type {Feature} */
export const inlineBlocks = {
  api: () => ({ initializeInline, inline: makeInline() }),
  start: () => {
    adopt("[data-pftrigger], [data-pfrecommend] { display: none; }");
    initializeInline();
  },
};

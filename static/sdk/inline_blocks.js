/** @import { Feature } from "./types" */
import { dated, fillPart } from "./content.js";
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
 * @param {HTMLElement} element
 * @param {string} name
 */
function valueOf(element, name) {
  return element.getAttribute(name) ?? DEFAULT;
}

/**
 * Show elements. The block that one fills is written down, so that a later run finds it taken.
 * @param {HTMLElement[]} elements
 * @param {string} attribute
 */
function reveal(elements, attribute) {
  for (const element of elements) {
    element.removeAttribute(attribute);
    element.setAttribute("data-pfmodified", "true");
    if (attribute === RECOMMEND) element.setAttribute(BLOCK, valueOf(element, BLOCK));
  }
}

/**
 * Show the element for visitors that no other is for: the last such.
 * @param {HTMLElement[]} elements
 * @param {string} attribute
 */
function revealDefault(elements, attribute) {
  reveal(elements.filter((element) => valueOf(element, attribute) === DEFAULT).slice(-1), attribute);
}

/**
 * The elements with an attribute, by their value of it or another; without those whose group shows one of its elements already.
 * @param {string} attribute
 * @param {string} [key]
 */
function undecided(attribute, key = attribute) {
  const group = attribute === VARIANT ? "data-pfgroup" : BLOCK;
  const shown = [...all(document, `[data-pfmodified][${group}]:not([${attribute}])`)].map((element) => valueOf(element, group));
  /** @type {Record<string, HTMLElement[]>} */
  const found = Object.create(null);
  for (const element of all(document, `[${attribute}]`)) {
    if (!shown.includes(valueOf(element, group))) (found[valueOf(element, key)] ??= []).push(element);
  }
  return found;
}

/**
 * @param {HTMLElement} element
 * @param {Record<string, any>} document
 */
function fillBlock(element, document) {
  const { primary_image: image, created } = document;
  const values = { ...document, image, published: created && dated(created) };
  for (const node of all(element, "[data-pftype]")) {
    const type = valueOf(node, "data-pftype");
    fillPart(node, type, values[/** @type {"image"} */ (type)]);
  }
}

/** `pathfora.inline`: parts of the page for some visitors, without widgets (widgets.md 4.9). */
function makeInline() {
  const { pathfora } = parts;
  const inline = {
    elements: [],
    preppedElements: [],
    defaultElements: [],
    parent: pathfora,
    prepElements: undecided,
    procElements() {
      for (const [group, elements] of Object.entries(inline.prepElements(VARIANT, "data-pfgroup"))) inline.procTriggerElements(elements, group);
      const collections = inline.prepElements(RECOMMEND);
      delete collections[DEFAULT];
      let waiting = 1;
      const done = () => --waiting || inline.setDefaultRecommend();
      for (const [collection, elements] of Object.entries(collections)) {
        waiting += 1;
        inline.procRecommendElements(elements, collection, elements.some((element) => element.dataset.pfshuffle === "true"), done);
      }
      done();
    },
    /** @param {HTMLElement[]} elements @param {string} group */
    procTriggerElements(elements, group) {
      const segments = visitorSegments();
      const own = elements.filter((element) => segments.includes(valueOf(element, VARIANT)));
      if (group === DEFAULT) reveal(own, VARIANT);
      else if (own[0]) reveal([own[0]], VARIANT);
      else revealDefault(elements, VARIANT);
    },
    /** @param {HTMLElement[]} elements @param {string} collection @param {boolean} shuffle @param {() => void} callback */
    procRecommendElements(elements, collection, shuffle, callback) {
      if (pathfora.acctid === "") throw new Error("Could not get account id from Lytics Javascript tag.");
      recommendContent(pathfora.acctid, { contentsegment: collection, shuffle: shuffle || undefined }, collection, (documents) => {
        const filled = elements.slice(0, documents.length);
        filled.forEach((element, index) => fillBlock(element, /** @type {any} */ (documents[index])));
        reveal(filled, RECOMMEND);
        callback();
      });
    },
    setDefaultRecommend() {
      for (const elements of Object.values(undecided(RECOMMEND, BLOCK))) revealDefault(elements, RECOMMEND);
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
    adopt("[data-pftrigger],[data-pfrecommend]{display:none}");
    initializeInline();
  },
};

/** @import { Feature } from "./types" */
import { whenAccountKnown } from "./account.js";
import { dated, fillPart, toContent } from "./content.js";
import { all } from "./dom.js";
import { report } from "./log.js";
import { recommendContent } from "./recommend_content.js";
import { parts } from "./state.js";
import { adopt } from "./stylesheet.js";
import { visitorSegments } from "./visitor.js";

const TRIGGER = "data-pftrigger";
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
 * @param {string} name
 */
function reveal(elements, name) {
  for (const element of elements) {
    element.removeAttribute(name);
    element.setAttribute("data-pfmodified", "true");
    if (name === RECOMMEND) element.setAttribute(BLOCK, valueOf(element, BLOCK));
  }
}

/**
 * Show the element for visitors that no other is for: the last such.
 * @param {HTMLElement[]} elements
 * @param {string} name
 */
function revealDefault(elements, name) {
  reveal(elements.filter((element) => valueOf(element, name) === DEFAULT).slice(-1), name);
}

/**
 * The elements with an attribute, by their value of it or another; without those whose group shows one of its elements already.
 * @param {string} name
 * @param {string} [key]
 */
function undecided(name, key = name) {
  const group = name === TRIGGER ? "data-pfgroup" : BLOCK;
  const shown = [...all(document, `[data-pfmodified]:not([${name}])`)].map((element) => element.getAttribute(group));
  /** @type {Record<string, HTMLElement[]>} */
  const found = Object.create(null);
  for (const element of all(document, `[${name}]`)) {
    if (!shown.includes(valueOf(element, group))) (found[valueOf(element, key)] ??= []).push(element);
  }
  return found;
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
      for (const [group, elements] of Object.entries(undecided(TRIGGER, "data-pfgroup"))) inline.procTriggerElements(elements, group);
      const collections = Object.entries(undecided(RECOMMEND));
      let waiting = collections.length;
      const done = () => --waiting || inline.setDefaultRecommend();
      for (const [collection, elements] of collections) {
        if (collection === DEFAULT) done();
        else inline.procRecommendElements(elements, collection, elements.some((element) => element.dataset.pfshuffle === "true"), done);
      }
    },
    /** @param {HTMLElement[]} elements @param {string} group */
    procTriggerElements(elements, group) {
      const segments = visitorSegments();
      const own = elements.filter((element) => segments.includes(valueOf(element, TRIGGER)));
      if (group === DEFAULT) reveal(own, TRIGGER);
      else if (own[0]) reveal([own[0]], TRIGGER);
      else revealDefault(elements, TRIGGER);
    },
    /** @param {HTMLElement[]} elements @param {string} collection @param {boolean} shuffle @param {() => void} callback */
    procRecommendElements(elements, collection, shuffle, callback) {
      if (pathfora.acctid === "") throw new Error("Could not get account id from Lytics Javascript tag.");
      recommendContent(pathfora.acctid, { contentsegment: collection, shuffle: shuffle || undefined }, collection, (documents) => {
        const filled = elements.slice(0, documents.length);
        filled.forEach((element, index) => {
          /** @type {Record<string, any>} */
          const content = toContent(/** @type {any} */ (documents[index]));
          content.published = dated(content.date);
          for (const node of all(element, "[data-pftype]")) {
            const type = valueOf(node, "data-pftype");
            fillPart(node, type, content[type]);
          }
        });
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
    whenAccountKnown(
      () => pathfora.inline.procElements(),
      (error) => report("inline", error),
    ),
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

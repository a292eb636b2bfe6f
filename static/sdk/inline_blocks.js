/** @import { Feature } from "./types" */
import { whenAccountKnown } from "./account.js";
import { dated, fillPart, toContent } from "./content.js";
import { all } from "./dom.js";
import { report } from "./log.js";
import { recommendContent } from "./recommend_content.js";
import { parts } from "./state.js";
import { traceGate, traceVerdict, traceWait } from "./trace.js";
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
 * What elements are grouped by.
 * @param {string} name
 */
function groupOf(name) {
  return name === TRIGGER ? "data-pfgroup" : BLOCK;
}

/**
 * An element as the trace has it: `group: value`.
 * @param {HTMLElement} element
 * @param {string} name
 */
function traced(element, name) {
  return /** @type {any} */ ({ id: `${valueOf(element, groupOf(name))}: ${valueOf(element, name)}`, type: "inline", layout: "inline" });
}

/**
 * Show some of the elements. The block that one fills is written down, so that a later run finds it taken.
 * @param {HTMLElement[]} elements
 * @param {HTMLElement[]} shown
 * @param {string} name
 * @param {string[]} [segments] the visitor's, if they are what counts
 */
function reveal(elements, shown, name, segments) {
  for (const element of elements) {
    const value = valueOf(element, name);
    const block = traced(element, name);
    const pass = shown.includes(element);
    traceGate(block, "profile", true);
    // Where another of the group came first, its own segment was not what counted.
    traceGate(block, name, pass || (segments?.includes(value) ? null : pass), segments, value);
    traceVerdict(block, pass ? "shown" : "hidden");
    if (pass) {
      element.removeAttribute(name);
      element.setAttribute("data-pfmodified", /** @type {any} */ (true));
      if (name === RECOMMEND) element.setAttribute(BLOCK, valueOf(element, BLOCK));
    }
  }
}

/**
 * The element for visitors that no other is for: the last such.
 * @param {HTMLElement[]} elements
 * @param {string} name
 */
function defaultOf(elements, name) {
  return elements.filter((element) => valueOf(element, name) === DEFAULT).slice(-1);
}

/**
 * The elements with an attribute, by their value of it or another; without those whose group shows one of its elements already.
 * @param {string} name
 * @param {string} [key]
 */
function undecided(name, key = name) {
  const group = groupOf(name);
  const shown = [...all(document, `[data-pfmodified]:not([${name}])`)].map((element) => element.getAttribute(group));
  /** @type {Record<string, HTMLElement[]>} */
  const found = /** @type {any} */ ({ __proto__: null });
  for (const element of all(document, `[${name}]`)) {
    if (!shown.includes(valueOf(element, group))) (found[valueOf(element, key)] ??= []).push(element);
  }
  return found;
}

/**
 * Write down what the elements with an attribute wait for.
 * @param {string} name
 * @param {string} gate
 * @param {string} [found]
 */
function leaveOpen(name, gate, found) {
  for (const element of Object.values(undecided(name)).flat()) {
    const block = traced(element, name);
    traceGate(block, "profile", true);
    traceWait(block, gate, found);
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
      for (const [group, elements] of Object.entries(undecided(TRIGGER, "data-pfgroup"))) inline.procTriggerElements(elements, group);
      const collections = Object.entries(undecided(RECOMMEND));
      leaveOpen(RECOMMEND, "recommend");
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
      const shown = group === DEFAULT ? own : own[0] ? [own[0]] : defaultOf(elements, TRIGGER);
      reveal(elements, shown, TRIGGER, segments);
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
        reveal(elements, filled, RECOMMEND);
        callback();
      });
    },
    setDefaultRecommend() {
      // Where a block is filled its default waits for nothing more.
      reveal([...all(document, `[${RECOMMEND}=${DEFAULT}]`)], [], RECOMMEND);
      for (const elements of Object.values(undecided(RECOMMEND, BLOCK))) reveal(elements, defaultOf(elements, RECOMMEND), RECOMMEND);
    },
  };
  return inline;
}

/** Show what is for this visitor, when the page is parsed and the tag knows them. */
function initializeInline() {
  const { pathfora } = parts;
  pathfora.onDOMready(() => {
    /** @param {string} found */
    const wait = (found) => {
      for (const name of [TRIGGER, RECOMMEND]) leaveOpen(name, "profile", found);
    };
    wait("not known yet");
    whenAccountKnown(
      () => pathfora.inline.procElements(),
      (error) => report("inline", error),
      wait,
    );
  });
}

/** Inline personalisation. @type {Feature} */
export const inlineBlocks = {
  api: () => ({ initializeInline, inline: makeInline() }),
  start: initializeInline,
  rules: () => "[data-pftrigger],[data-pfrecommend]{display:none}",
};

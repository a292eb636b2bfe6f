/** @import { Signal, Tag, TagWatch } from "../types" */
import { currentTag } from "./page_globals.js";
import { afterTask } from "../signal.js";

const FAILURES_KEPT = 20;

/**
 * Finds the tag when it comes, without polling: scripts that load are the only way for it to come. The tag's own
 * history tells what happened before, so it is enough to attach once it is real and not the snippet's stub.
 * @param {Signal} signal
 * @param {(topic: string, time: number, payload: unknown) => void} note
 * @returns {TagWatch}
 */
export function watchTag(signal, note) {
  /** @type {Tag | null} */
  let attached = null;
  let twice = false;
  /** @type {string[]} */
  const failures = [];
  const look = () => {
    const tag = currentTag();
    if (tag && tag !== attached && isReal(tag)) {
      attached = tag;
      follow(tag, signal, (topic, time, payload) => {
        if (topic === "audit.carp" && /tag twice/.test(String(payload))) twice = true;
        note(topic, time, payload);
      });
    }
    signal.fire("tag");
  };
  const fail = (/** @type {string} */ text) => {
    if (failures.length < FAILURES_KEPT && !failures.includes(text)) failures.push(text);
    signal.fire("tag");
  };
  document.addEventListener("load", (event) => isScript(event.target) && afterTask(look), true);
  document.addEventListener("error", (event) => isScript(event.target) && fail(`${event.target.src} did not load`), true);
  document.addEventListener("securitypolicyviolation", (event) =>
    fail(`${event.blockedURI} is blocked by the page's policy (${event.effectiveDirective})`));
  document.addEventListener("DOMContentLoaded", () => afterTask(look));
  window.addEventListener("load", () => afterTask(look));
  look();
  return {
    look,
    tag: currentTag,
    ready: () => attached !== null && attached === currentTag(),
    failures: () => [...failures],
    twice: () => twice || tagScripts() > 1,
  };
}

/** How many scripts of the page are tags. */
function tagScripts() {
  return document.querySelectorAll('script[src*="/api/tag/"]').length;
}

/**
 * @param {EventTarget | null} target
 * @returns {target is HTMLScriptElement}
 */
function isScript(target) {
  return target instanceof HTMLScriptElement && target.src !== "";
}

/**
 * Whether the tag itself is there: the stub of every snippet generation has neither member.
 * @param {Tag} tag
 */
export function isReal(tag) {
  return typeof tag.history === "function" || tag.isLoaded === true;
}

/**
 * @param {Tag} tag
 * @param {Signal} signal
 * @param {(topic: string, time: number, payload: unknown) => void} note
 */
function follow(tag, signal, note) {
  const hear = (/** @type {string} */ topic, /** @type {number} */ time, /** @type {unknown} */ payload) => {
    note(topic, time, payload);
    if (/^(entity|consent|lifecycle)\b/.test(topic)) signal.fire("entity");
  };
  for (const { topic, time, payload } of tag.history?.() ?? []) hear(topic, time, payload);
  tag.on?.("*", (topic, ...payload) => hear(topic, Date.now(), payload[0]));
}

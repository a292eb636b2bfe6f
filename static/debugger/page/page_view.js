/** @import { PageView, Tag, TagConfig, TagState, TagWatch } from "../types" */
import { plainCopy } from "../plain.js";
import { lookingView, tagName } from "./looking.js";
import { currentSdk, currentTag, pageGlobal, readCookie, storedNames, visitorId } from "./page_globals.js";

/**
 * How tag, SDK and visitor stand in this page, as plain data. What is not there is null: nothing is made up.
 * @param {TagWatch} watch
 * @param {string} load
 * @returns {PageView}
 */
export function pageView(watch, load) {
  const tag = watch.tag();
  const sdk = currentSdk();
  const names = storedNames(tag);
  const looking = lookingView();
  return {
    address: location.href,
    title: document.title,
    load,
    frame: window.top === window ? "top" : "frame",
    visible: document.visibilityState === "visible",
    viewport: `${innerWidth} × ${innerHeight}`,
    tag: tagView(watch, tag),
    sdk: { loaded: sdk !== null, version: sdk?.version ?? null, explains: typeof sdk?.explain === "function" },
    visitor: { uid: visitorId(), session: readCookie(names.session), entity: entityState(tag) },
    failures: watch.failures(),
    frames: window.frames.length,
    looking,
    framesWithTag: looking.frames.filter(({ names }) => names.length).map(({ address: path }) => path),
  };
}

/** @param {TagWatch} watch @param {Tag | null} tag @returns {PageView["tag"]} */
function tagView(watch, tag) {
  const config = tag?.config;
  return {
    ...tagState(watch, tag),
    version: config?.version ?? null,
    account: accountOf(config),
    stream: config ? (config.stream || "default") : null,
    cookie: config ? storedNames(tag).cookie : null,
    key: config?.entity?.byFieldKey ?? config?.byFieldKey ?? null,
    loadid: config?.loadid ?? null,
    url: typeof config?.url === "string" ? config.url : null,
    twice: watch.twice(),
    consent: consentOf(tag),
    foreign: foreignTag(),
  };
}

/** @param {TagConfig | undefined} config */
function accountOf(config) {
  const cid = Array.isArray(config?.cid) ? config?.cid[0] : config?.cid;
  return cid === undefined || cid === null || cid === "" ? null : String(cid);
}

/** @param {TagWatch} watch @param {Tag | null} tag @returns {{state: TagState, reason: string}} */
function tagState(watch, tag) {
  if (watch.ready()) return { state: "found", reason: "" };
  const failed = watch.failures().find((text) => text.includes("/api/tag/"));
  if (failed) return { state: "failed", reason: failed };
  if (tag) return { state: "waiting", reason: "the snippet ran; its script has not loaded yet" };
  return { state: "missing", reason: `window.${tagName()} does not exist: the page has no tag snippet, or it has not run yet` };
}

/** What stands under the tag's name without being one. */
function foreignTag() {
  const found = pageGlobal(tagName());
  return found === undefined || (found !== null && typeof found === "object") ? null : `window.${tagName()} is a ${typeof found}`;
}

/** @param {Tag | null} tag */
function consentOf(tag) {
  const config = tag?.config;
  if (!tag || /** @type {any} */ (config?.["consent"])?.required !== true) return null;
  try {
    return /** @type {any} */ (tag).isLoaded === true;
  } catch {
    return null;
  }
}

/** @param {Tag | null} tag */
function entityState(tag) {
  try {
    const entity = tag?.getEntity?.();
    if (!entity) return "missing";
    return entity.data?.user ? "loaded" : "unknown";
  } catch {
    return "missing"; // the vendor's tag throws until the entity has come
  }
}

/** The profile as the page has it, and the audiences that the tag tells the widgets. */
export function entityView() {
  const tag = currentTag();
  try {
    return { user: plainCopy(tag?.getEntity?.()?.data?.user ?? null), segments: plainCopy(tag?.getSegments?.() ?? null) };
  } catch {
    return { user: null, segments: null };
  }
}

/** The tag's whole configuration. */
export function configView() {
  return plainCopy(currentTag()?.config ?? null);
}

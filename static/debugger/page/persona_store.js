/** @import { Tag } from "../types" */
import { readCookie, storedNames } from "./page_globals.js";

/** The one key under which a tab keeps the persona it became, and the visitor it was before. */
const KEPT = "understudy:persona";
const VISITOR_SECONDS = 7776000; // 90 days, as the tag itself sets it (tag.md 6)

/** @typedef {{cookies: Record<string, string | null>, local: Record<string, string>, session: Record<string, string>}} OwnState */
/** @typedef {{persona: {id: string, uid: string}, own: OwnState | null}} Kept */

/**
 * The persona that this tab became, and its own visitor, which is missing when another tab had put that aside.
 * @returns {Kept | null}
 */
export function keptState() {
  try {
    return JSON.parse(sessionStorage.getItem(KEPT) ?? "null");
  } catch {
    return null; // storage is blocked, or somebody else wrote there
  }
}

/**
 * @param {{id: string, uid: string}} persona
 * @param {OwnState | null} own
 */
export function keepState(persona, own) {
  sessionStorage.setItem(KEPT, JSON.stringify({ persona, own }));
}

/**
 * The browser's own visitor: cookies, audiences, and what the widgets remember.
 * @param {Tag} tag
 * @returns {OwnState}
 */
export function readState(tag) {
  const names = storedNames(tag);
  return {
    cookies: { [names.cookie]: readCookie(names.cookie), [names.session]: readCookie(names.session) },
    local: ownItems(localStorage, names.segments),
    session: ownItems(sessionStorage, names.segments),
  };
}

/**
 * Leave nothing of a visitor in the browser.
 * @param {Tag} tag
 */
export function clearState(tag) {
  const names = storedNames(tag);
  for (const storage of [localStorage, sessionStorage]) {
    for (const key of Object.keys(ownItems(storage, names.segments))) storage.removeItem(key);
  }
  // The tag forgets with its cookies what it knows of the visitor beside them.
  if (tag.clearCookies) tag.clearCookies();
  else for (const name of [names.cookie, names.session]) if (readCookie(name) !== null) tag.deleteCookie?.(name);
}

/**
 * Be the visitor that was put aside again; without one, be nobody yet.
 * @param {Tag} tag
 */
export function restoreState(tag) {
  const state = keptState()?.own;
  clearState(tag);
  sessionStorage.removeItem(KEPT);
  if (!state) return;
  for (const [key, value] of Object.entries(state.local)) localStorage.setItem(key, value);
  for (const [key, value] of Object.entries(state.session)) sessionStorage.setItem(key, value);
  const names = storedNames(tag);
  for (const [name, value] of Object.entries(state.cookies)) {
    const seconds = name === names.session ? tag.config?.sessecs : VISITOR_SECONDS;
    if (value !== null) tag.setCookie?.(name, value, seconds);
  }
}

/**
 * Take a persona's id. Never by `setid`, which would tell the server that the real visitor and the persona are one.
 * @param {Tag} tag
 * @param {string} uid
 */
export function takeId(tag, uid) {
  tag.setCookie?.(storedNames(tag).cookie, uid, VISITOR_SECONDS);
}

/**
 * @param {Storage} storage
 * @param {string} segments
 * @returns {Record<string, string>}
 */
function ownItems(storage, segments) {
  const keys = Array.from({ length: storage.length }, (_, index) => storage.key(index) ?? "");
  const own = keys.filter((key) => key.startsWith("Pathfora") || key === segments);
  return Object.fromEntries(own.map((key) => [key, storage.getItem(key) ?? ""]));
}

/** @import { Tag } from "../types" */
import { remember, remembered } from "../memory.js";
import { coverCookies } from "./cover_cookies.js";
import { coverStorage } from "./cover_storage.js";
import { currentTag, storedNames } from "./page_globals.js";

/**
 * A persona and what its visit leaves in the browser; `session` is what the browser's own visitor had in the tab's storage.
 * @typedef {{persona: {id: string, uid: string}, cookies: Record<string, string>, local: Record<string, string>, session: Record<string, string>}} Visit
 */

const KEPT = "persona";

/**
 * Being somebody else in this tab alone. Tag, widgets and page see the persona's cookies and storage in place of those of the
 * browser's own visitor, which are never touched: another tab goes on as oneself, and so does this one when the visit ends, by
 * whatever end. Nothing is in between while no visit is on.
 */
export function createTabVisitor() {
  /** @type {Visit | null} */
  let visit = remembered("sessionStorage", KEPT);
  /** @type {(() => void)[]} */
  let uncover = [];
  const save = () => remember("sessionStorage", KEPT, visit);
  const cover = () => {
    if (uncover.length) return;
    const concerns = { cookie: isOwnCookie, key: isOwnKey };
    uncover = [coverCookies(concerns.cookie, () => visit?.cookies ?? {}, save), coverStorage(concerns.key, () => visit?.local ?? {}, save)];
  };
  if (visit) cover();
  return {
    persona: () => visit?.persona.id ?? null,
    /**
     * Begin a visit, afresh.
     * @param {string} id
     * @param {string} uid
     */
    enter(id, uid) {
      const session = visit?.session ?? ownItems();
      forgetSession();
      visit = { persona: { id, uid }, cookies: { [storedNames(currentTag()).cookie]: encodeURIComponent(uid) }, local: {}, session };
      save();
      cover();
    },
    /** End it; answers whether there was one. */
    leave() {
      if (!visit) return false;
      forgetSession();
      for (const [key, value] of Object.entries(visit.session)) sessionStorage.setItem(key, value);
      for (const end of uncover) end();
      uncover = [];
      visit = null;
      save();
      return true;
    },
  };
}

/**
 * Leave nothing of the visitor in the browser: of the persona while a visit is on, else of the browser's own.
 * @param {Tag} tag
 */
export function clearVisitor(tag) {
  const names = storedNames(tag);
  for (const key of Object.keys(localStorage)) if (isOwnKey(key)) localStorage.removeItem(key);
  forgetSession();
  // The tag forgets with its cookies what it knows of the visitor beside them.
  if (tag.clearCookies) tag.clearCookies();
  else for (const name of [names.cookie, names.session]) tag.deleteCookie?.(name);
}

function forgetSession() {
  for (const key of Object.keys(sessionStorage)) if (isOwnKey(key)) sessionStorage.removeItem(key);
}

/** @returns {Record<string, string>} */
function ownItems() {
  return Object.fromEntries(Object.keys(sessionStorage).filter(isOwnKey).map((key) => [key, sessionStorage.getItem(key) ?? ""]));
}

/** @param {string} name */
function isOwnCookie(name) {
  const names = storedNames(currentTag());
  return name === names.cookie || name === names.session || name.startsWith("Pathfora");
}

/** @param {string} key */
function isOwnKey(key) {
  return key.startsWith("Pathfora") || key === storedNames(currentTag()).segments;
}

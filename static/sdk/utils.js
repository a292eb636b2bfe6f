import { deleteCookie, readCookie, saveCookie } from "./cookies.js";
import { addClass, escapeRegex, hasClass, removeClass } from "./dom.js";
import { updateLegacyCookies } from "./legacy_cookies.js";
import { getObjectValue, setObjectValue, updateObject } from "./objects.js";
import { initWidgetScaffold, insertWidget } from "./scaffold.js";
import { erase, read, store, write } from "./storage.js";
import { emailValid, generateUniqueId } from "./strings.js";
import { constructQueries, decodeSafe, escapeURI, isNotEncoded } from "./uri.js";

/** `pathfora.utils` (widgets.md 1.6). */
export const utils = {
  addClass,
  hasClass,
  removeClass,
  readCookie,
  saveCookie,
  deleteCookie,
  updateLegacyCookies,
  read,
  write,
  erase,
  store,
  initWidgetScaffold,
  insertWidget,
  constructQueries,
  escapeURI,
  updateObject,
  setObjectValue,
  getObjectValue,
  generateUniqueId,
  escapeRegex,
  emailValid,
  decodeSafe,
  isNotEncoded,
};

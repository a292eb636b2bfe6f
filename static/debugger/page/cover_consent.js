/** @import { Tag } from "../types" */
import { lookedAt, tagName } from "./looking.js";
import { currentTag } from "./page_globals.js";
import { isReal } from "./tag_watch.js";

/**
 * The consent that is pretended to the tag, for as long as it is. A tag that comes later is told in the moment in which its
 * script puts its methods in place, thus before it may run. What the page says of consent meanwhile is kept for the end.
 * @returns {(given: boolean | null) => void} what is pretended from now on; null for nothing
 */
export function createConsentCover() {
  /** @type {{change: (given: boolean) => void, end: () => void} | null} */
  let cover = null;
  /** @type {boolean | null} */
  let before = null;
  return (given) => {
    if (given === before) return;
    before = given;
    if (given === null) {
      cover?.end();
      cover = null;
    } else if (cover) cover.change(given);
    else cover = coverConsent(given);
  };
}

/** @param {boolean} given */
function coverConsent(given) {
  const [place, name, ran] = [lookedAt(), tagName(), currentTag()];
  /** @type {ReturnType<typeof coverMethod> | null} */
  let method = null;
  if (ran) method = coverMethod(ran, given);
  else {
    const take = (/** @type {unknown} */ value) => {
      Object.defineProperty(place, name, { configurable: true, enumerable: true, writable: true, value });
      if (value !== null && typeof value === "object") method = coverMethod(/** @type {Tag} */ (value), given);
    };
    Object.defineProperty(place, name, { configurable: true, enumerable: true, get: () => undefined, set: take });
  }
  return {
    change(/** @type {boolean} */ now) {
      given = now;
      method?.change(now);
    },
    end() {
      if (method) method.end();
      else if (Object.getOwnPropertyDescriptor(place, name)?.get) Reflect.deleteProperty(place, name);
    },
  };
}

/** @param {Tag & Record<string, any>} tag @param {boolean} given */
function coverMethod(tag, given) {
  let real = tag["consent"];
  /** @type {boolean | null} */
  let said = isReal(tag) ? tag.isLoaded === true : null;
  const tell = (/** @type {boolean} */ now) => isReal(tag) && real?.(now);
  const pretended = (/** @type {unknown} */ value) => {
    if (value !== undefined) said = Boolean(value);
    return tag.isLoaded;
  };
  Object.defineProperty(tag, "consent", {
    configurable: true,
    enumerable: true,
    get: () => real && pretended,
    set(code) {
      real = code;
      tell(given);
    },
  });
  tell(given);
  return {
    change(/** @type {boolean} */ now) {
      given = now;
      tell(now);
    },
    end() {
      Reflect.deleteProperty(tag, "consent");
      if (!real) return;
      Object.assign(tag, { consent: real });
      tell(said ?? /** @type {any} */ (tag.config?.["consent"])?.required !== true);
    },
  };
}

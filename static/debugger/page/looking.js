import { remember, remembered } from "../memory.js";

const USUAL_NAME = "jstag";
const KEPT_NAME = "looking";
/** Where the debugger's scripts of a page, which come one after another, have this in common. */
const LOOKING = Symbol.for("understudy.looking");
/** Where the panel looks: which frame of this page, and under which name the tag stands there. @type {{frame: Window & typeof globalThis, place: string, name: string}} */
const looking = Reflect.get(window, LOOKING) ?? { frame: window, place: "", name: remembered("sessionStorage", KEPT_NAME) ?? USUAL_NAME };
Object.defineProperty(window, LOOKING, { value: looking, configurable: true });

/** The window that the panel looks into: the page, or a frame that somebody chose. One that has gone is the page again. */
export function lookedAt() {
  const { frame } = looking;
  if (frame !== window && frame.closed) [looking.frame, looking.place] = [window, ""];
  return looking.frame;
}

/** The global name of the tag. */
export function tagName() {
  return looking.name;
}

/**
 * Look into a frame, or for a tag of another name. The name is kept for this tab; a frame is chosen anew on each page.
 * @param {string} place of `placesToLook`
 * @param {string} name
 */
export function lookAt(place, name) {
  const frame = place === "" ? window : frameAt(place);
  if (!frame) throw new Error("That frame is of another origin, or not there any more: a page cannot look into it. Open its address by itself.");
  Object.assign(looking, { frame, place, name: name || USUAL_NAME });
  remember("sessionStorage", KEPT_NAME, looking.name === USUAL_NAME ? null : looking.name);
}

/** Frames of this origin and what they hold, and the tags by name in the window that is looked into. */
export function lookingView() {
  const frames = [...document.querySelectorAll("iframe")].flatMap((_, index) => {
    const inside = frameAt(String(index));
    return inside ? [{ place: String(index), address: inside.location.pathname, names: tagNames(inside) }] : [];
  });
  const win = lookedAt();
  return { place: looking.place, name: looking.name, names: tagNames(win), frames };
}

/** @param {string} place @returns {(Window & typeof globalThis) | null} null for one of another origin, which cannot be read */
function frameAt(place) {
  const inside = /** @type {any} */ (document.querySelectorAll("iframe")[Number(place)]?.contentWindow);
  try {
    return inside?.document ? inside : null;
  } catch {
    return null;
  }
}

/**
 * Globals that are a tag: whatever has its usual name, be it broken, and what looks like one. Only plain values are read: a getter of
 * the page is none of ours to call.
 * @param {Window} win
 */
function tagNames(win) {
  return Object.keys(win).filter((name) => {
    const found = Object.getOwnPropertyDescriptor(win, name)?.value;
    try {
      return found !== null && typeof found === "object" && (name === USUAL_NAME || (typeof found.send === "function" && typeof found.config === "object"));
    } catch {
      return false; // a window of another origin
    }
  });
}

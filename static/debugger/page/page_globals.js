/** @import { Sdk, Tag } from "../types" */
import { lookedAt, tagName } from "./looking.js";

/**
 * A global of the page, which may be missing or anything at all; only read here.
 * @param {string} name
 * @returns {unknown}
 */
export function pageGlobal(name) {
  return Reflect.get(lookedAt(), name);
}

/** @returns {Tag | null} */
export function currentTag() {
  const tag = pageGlobal(tagName());
  return tag !== null && typeof tag === "object" ? /** @type {Tag} */ (tag) : null;
}

/** The widget SDK, under the name that the tag was told. @returns {Sdk | null} */
export function currentSdk() {
  const pathfora = /** @type {any} */ (currentTag()?.config?.pathfora);
  const sdk = pageGlobal(String(pathfora?.publish?.global ?? pathfora?.install?.global ?? "pathfora"));
  return sdk !== null && typeof sdk === "object" ? /** @type {Sdk} */ (sdk) : null;
}

/**
 * A cookie's value, read without the tag so that the tag's own log stays as the page made it; null when absent.
 * @param {string} name
 * @returns {string | null}
 */
export function readCookie(name) {
  for (const pair of cookies().split("; ")) {
    const at = pair.indexOf("=");
    if (at > 0 && decoded(pair.slice(0, at)) === name) return decoded(pair.slice(at + 1));
  }
  return null;
}

/** The page's cookies; in a sandboxed frame or by a setting, reading them throws. */
function cookies() {
  try {
    return document.cookie;
  } catch {
    return "";
  }
}

/** @param {string} text */
function decoded(text) {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}

/**
 * The names that a tag keeps its things under.
 * @param {Tag | null} tag
 */
export function storedNames(tag) {
  const config = tag?.config ?? {};
  return {
    cookie: config.cookie || "seerid",
    session: config.sesname || "seerses",
    segments: config.segments?.storageKey || "lytics_segments",
  };
}

/** The visitor's id from the tag's cookie, or null. */
export function visitorId() {
  return readCookie(storedNames(currentTag()).cookie);
}

/** How long an answer of `isVisitor` may be repeated, in milliseconds. */
const LATELY = 1000;
/** @type {{uid: string | null, time: number}} */
const lately = { uid: null, time: -LATELY };

/**
 * Whether that is this page's visitor, or was a moment ago: reading cookies is slow, and events come by the hundred.
 * @param {...unknown} uids
 */
export function isVisitor(...uids) {
  const known = () => lately.uid !== null && uids.includes(lately.uid);
  if (known() && performance.now() - lately.time < LATELY) return true;
  lately.uid = visitorId();
  lately.time = performance.now();
  return known();
}

/** @type {{key: string, hosts: Set<string>}} what was found last: it is asked for with every request */
const foundHosts = { key: "", hosts: new Set() };

/**
 * The hosts that are ours or the tag's.
 * @param {string} own of this server
 */
export function hostsOfTag(own) {
  const url = currentTag()?.config?.url;
  const key = JSON.stringify([own, url]);
  if (key === foundHosts.key) return foundHosts.hosts;
  const hosts = new Set([own]);
  try {
    if (typeof url === "string" && url) hosts.add(new URL(url, location.href).host);
  } catch {
    return hosts; // not an address
  }
  foundHosts.key = key;
  foundHosts.hosts = hosts;
  return hosts;
}

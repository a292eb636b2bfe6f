/** The fields that go out with every event, after the payload (tag.md 5.3). */

import { readCookie } from "./cookie_jar.js";

/** @import { Tree, Visitor } from "./types.js" */

/** A short form of the classic user-agent test: phones, not tablets. */
const PHONE = /(android|bb\d+).+mobile|blackberry|iphone|ipod|iemobile|windows phone|opera m(ob|in)i|mobile.+firefox/i;

let lastTime = 0;

/**
 * What is measured when the page calls: time, device, place.
 *
 * @param {Tree} config
 * @returns {Tree}
 */
export function automaticFields(config) {
  return {
    _ts: (lastTime = distinctTime()),
    ...device(navigator.userAgent),
    url: withoutProtocol(pageHref(config)),
    ...(isFramed() && { _if: "t" }),
  };
}

/**
 * What is added when the visitor is known. Mutates `data`; a `_v` or `_uid` of the page's own stays.
 *
 * @param {Tree} data
 * @param {Visitor} visitor
 * @param {string} version
 */
export function addVisitor(data, visitor, version) {
  if (!data._v) data._v = version;
  data._uid = visitor.id;
  if (visitor.fresh) data._getid = "t";
  if (visitor.previous) data._uido = visitor.previous;
  const analytics = readCookie("__utma");
  if (analytics.length > 10) data._ga = analytics.slice(0, 10) + analytics.slice(10).replace(/\..*/s, "");
  const optimizely = readCookie("optimizelyEndUserId");
  if (optimizely) data.optimizelyid = optimizely;
}

/**
 * Where the page is now, or where `config.location` says it is (a string or a Location).
 *
 * @param {Tree} config
 * @returns {string}
 */
export function pageHref(config) {
  return String(config.location?.href ?? config.location ?? location.href);
}

/** @param {string} href */
export function withoutProtocol(href) {
  return href.replace(/^https?:\/\//, "");
}

/**
 * Now, or a millisecond after the last event: two events of one moment would have one URL, and a browser loads an image
 * of that URL once. A clock that is set back by a second or more is believed.
 */
function distinctTime() {
  const now = Date.now();
  return now > lastTime || now <= lastTime - 1000 ? now : lastTime + 1;
}

/** @param {string} agent */
function device(agent) {
  if (!PHONE.test(agent)) return { _nmob: "t", _device: "desktop" };
  const [kind] = Object.entries({
    Android: /android/i,
    Blackberry: /blackberry|bb\d/i,
    IOS: /iphone|ipod/i,
    WinMobile: /iemobile|windows phone/i,
  }).find(([, pattern]) => pattern.test(agent)) ?? ["unknown"];
  return { _mob: "t", _device: kind };
}

function isFramed() {
  return window.top !== window.self;
}

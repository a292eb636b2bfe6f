/** The fields that go out with every event, after the payload (tag.md 5.3). */

import { readCookie } from "./cookie_jar.js";

/** @import { Tree, Visitor } from "./types.js" */

/**
 * A short form of the classic user-agent test: phones, not tablets.
 *
 * @type {Array<[string, RegExp]>}
 */
const PHONES = [
  ["WinMobile", /iemobile|windows phone/i],
  ["Android", /android.+mobile/i],
  ["Blackberry", /bb\d+.+mobile|blackberry/i],
  ["IOS", /iphone|ipod/i],
  ["unknown", /opera m(ob|in)i|mobile.+firefox/i],
];

let lastTime = 0;

/**
 * What is measured when the page calls: time, device, place.
 *
 * @param {Tree} config
 * @returns {Tree}
 */
export function automaticFields(config) {
  const phone = PHONES.find(([, pattern]) => pattern.test(navigator.userAgent));
  return {
    _ts: distinctTime(),
    ...(phone ? { _mob: "t", _device: phone[0] } : { _nmob: "t", _device: "desktop" }),
    url: withoutProtocol(pageHref(config)),
    ...(window.top !== window.self && { _if: "t" }),
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
  data._v ||= version;
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

/** Now, or a millisecond after the last event, so that time alone tells a visitor's events apart and puts them in
 *  order. A clock that is set back by a second or more is believed. */
function distinctTime() {
  const now = Date.now();
  return (lastTime = now > lastTime || now <= lastTime - 1000 ? now : lastTime + 1);
}

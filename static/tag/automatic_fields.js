/** The fields that go out with every event, after the payload (tag.md 5.3). */

import { readCookie } from "./cookie_jar.js";
import { config } from "./settings.js";

/** @import { Tree, Visitor } from "./types.js" */

/**
 * A short form of the classic user-agent test: phones, not tablets.
 *
 * @type {Record<string, string>}
 */
const PHONES = {
  WinMobile: "iemobile|windows phone",
  Android: "android.+mobile",
  Blackberry: "bb\\d+.+mobile|blackberry",
  IOS: "iphone|ipod",
  unknown: "opera m(ob|in)i|mobile.+firefox",
};

let lastTime = 0;

/**
 * What is measured when the page calls: time, device, place.
 *
 * @returns {Tree}
 */
export function automaticFields() {
  const phone = Object.keys(PHONES).find((name) => RegExp(/** @type {string} */ (PHONES[name]), "i").test(navigator.userAgent));
  return {
    _ts: distinctTime(),
    [phone ? "_mob" : "_nmob"]: "t",
    _device: phone ?? "desktop",
    url: withoutProtocol(pageHref()),
    ...(top !== self && { _if: "t" }),
  };
}

/**
 * What is added when the visitor is known. Mutates `data`; a `_v` or `_uid` of the page's own stays.
 *
 * @param {Tree} data
 * @param {Visitor} visitor
 */
export function addVisitor(data, { id, fresh, previous }) {
  data._v ||= config().version;
  data._uid = id;
  if (fresh) data._getid = "t";
  if (previous) data._uido = previous;
  const analytics = /.{10}(?=.)[^.]*/.exec(readCookie("__utma"));
  if (analytics) data._ga = analytics[0];
  const optimizely = readCookie("optimizelyEndUserId");
  if (optimizely) data.optimizelyid = optimizely;
}

/**
 * Where the page is now, or where `config.location` says it is (a string or a Location).
 *
 * @returns {string}
 */
export function pageHref() {
  return `${config().location ?? location}`;
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

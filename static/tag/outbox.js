/**
 * Delivery that loses nothing: events leave one after another, in the order in which they were sent, and each stays in
 * the outbox until the server has said that it is stored (quality.md E3).
 *
 * What fits into a URL goes as an image, the vendor's transport, and what does not as its form `_js`, posted by `fetch`
 * because a hidden frame cannot see whether it arrived. Since an image cannot see why it failed either, every second
 * try is a `fetch` of the same URL: it reads the status. A refusal (400-499) ends the event; 408, 429, 5xx and silence
 * are tried again after 0.5 s, doubled up to a minute and shortened at random by up to half, never before the time that
 * `Retry-After` names (at most five minutes), and at once when the browser is online again.
 *
 * The outbox lies in the local storage while anything waits in it, so the next page, or the next visit within a day,
 * goes on where this one ended. A page that is left also hands its outbox to `sendBeacon`, and then, at once, each
 * event that it still sends while it goes. What so arrives twice is stored once: every event carries its own id (`_eid`).
 */

import { emit } from "./emitter.js";
import { make } from "./nodes.js";
import { ask, formOf, shortUrl } from "./request.js";
import { keepList, OUTBOX_KEY, readList } from "./storage.js";

/** @typedef {{url: string, text: string, time: number, done?: () => void}} Letter `done` stays on the page it is from */
/** @typedef {Partial<Response>} Answer of an image it is known that all is well, of silence nothing */

/**
 * What waits, once something does or `deliver` has been called.
 *
 * @type {any}
 */
let letters;
/** @type {undefined | boolean} */
let busy;
let failures = 0;
/**
 * Set while storing is put off.
 *
 * @type {any}
 */
let saving;
/**
 * The page is being left: no timer may come any more.
 *
 * @type {undefined | boolean}
 */
let leaving;
/**
 * Ends the pause before the next try.
 *
 * @type {undefined | ((value?: unknown) => void)}
 */
let wake;

/** @param {Letter} [letter] to be delivered; without one, go on where the page before this one ended */
export function deliver(letter) {
  letters ??= stored();
  if (letter) {
    letters.push(letter);
    if (leaving) handOver([letter]);
    else {
      saving ||= setTimeout(() => {
        saving = 0;
        save();
      });
    }
  }
  // The first one is on its way.
  if (letters.length > 100) giveUp(letters.splice(1, 1)[0], "too many wait");
  if (!busy) work();
}

export function emptyOutbox() {
  letters = [];
  wake?.();
}

async function work() {
  busy = true;
  for (let letter; (letter = letters[0]); ) {
    const { ok, status, headers } = await tryOnce(letter);
    if (letter !== letters[0]) continue;
    const lost = /4(?!08|29)../.test(`${status}`);
    failures = ok || lost ? 0 : failures + 1;
    if (!failures) letters.shift();
    save(letter);
    if (ok) (letter.done ?? emit)("collect.finished", { data: {}, dataMsg: letter.text, sendurl: [letter.url] });
    else {
      emit("collect.failed");
      if (lost) giveUp(letter, status);
      else await pause(headers?.get("Retry-After"));
    }
  }
  busy = false;
}

/**
 * @param {Letter} letter
 * @param {unknown} why
 */
function giveUp(letter, why) {
  emit("collect.carp", `lost an event: ${why}, ${letter.url}`);
}

/** @param {any} later what the server says: seconds, or a date */
function pause(later) {
  const asked = Math.min(later * 1000 || Date.parse(later) - Date.now() || 0, 3e5);
  const usual = Math.min(6e4, 250 * 2 ** failures) * (1 - Math.random() / 2);
  return new Promise((end) => {
    wake = end;
    setTimeout(end, Math.max(asked, usual));
  });
}

/**
 * One try; ten seconds without an answer are a failure.
 *
 * @param {Letter} letter
 * @returns {Promise<Answer>}
 */
function tryOnce({ url, text }) {
  const src = failures % 2 ? "" : shortUrl(url, text);
  return new Promise((end) => {
    const onerror = () => end({});
    setTimeout(onerror, 1e4);
    if (src) make("img", { onload: () => end({ ok: true }), onerror, src });
    // Not through the cache, where it would wait for an image of this URL that is still loading. Browsers refuse to keep
    // a request of more than 64 KB for a page that is left, and a form has up to three characters for one of the text.
    else ask(url, text, { cache: "no-store", keepalive: text.length < 2e4 }).then(end, onerror);
  });
}

/** @returns {Letter[]} */
function stored() {
  return (readList(OUTBOX_KEY) ?? []).filter((one) => Date.now() - one?.time < 864e5);
}

/**
 * Put the outbox into the storage, beside what other tabs have there.
 *
 * @param {Letter} [gone] no longer in the outbox
 * @returns {boolean | undefined} true when the storage is open
 */
function save(gone) {
  const known = [...letters, gone].map(keyOf);
  const list = [...stored().filter((one) => !known.includes(keyOf(one))), ...letters].slice(-100);
  return keepList(OUTBOX_KEY, list[0] && list);
}

/** @param {Letter[]} list what leaves with the page, unless the server is in trouble and the next page can go on */
function handOver(list) {
  for (const { url, text } of save() && failures ? [] : list) navigator.sendBeacon?.(url, formOf(text));
}

/** @param {Letter} [letter] */
function keyOf(letter) {
  return letter && letter.url + letter.text;
}

addEventListener("online", () => wake?.());
addEventListener("pagehide", () => {
  leaving = true;
  // Only a page that comes back has time for that.
  setTimeout(() => (leaving = false));
  if (letters?.[0]) handOver(letters);
});

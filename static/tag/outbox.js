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
 * goes on where this one ended. A page that is left also hands its outbox to `sendBeacon`. What so arrives twice is
 * stored once: every event carries its own id (`_eid`).
 */

import { ask, formOf, shortUrl } from "./request.js";
import { keepList, OUTBOX_KEY, readList } from "./storage.js";

/** @typedef {"stored" | "failed" | "lost"} Outcome */
/** @typedef {{url: string, text: string, time: number, done?: () => void}} Letter `done` stays on the page it is from */
/** @typedef {(letter: Letter, outcome: Outcome, status?: number) => void} Report */

const LIMIT = 100;
const DAY = 864e5;
const MINUTE = 6e4;
/** After so many milliseconds a try has failed. */
const PATIENCE_MS = 1e4;
/** Browsers keep at most 64 KB of requests for pages that have been left. */
const KEEPALIVE_LIMIT = 6e4;

/** @param {Report} report told of every try; `lost` is the end of an event without being stored */
export function createOutbox(report) {
  /** @type {Letter[]} */
  let letters = [];
  let loaded = false;
  let kept = false;
  let busy = false;
  let saving = 0;
  let failures = 0;
  let timer = 0;

  function load() {
    if (loaded) return;
    loaded = true;
    letters = stored();
    save(); // without those that are too old
  }

  /** @param {Letter} [gone] */
  function save(gone) {
    kept = letters.length > 0;
    return persist(letters, gone);
  }

  function next() {
    const letter = letters[0];
    timer = 0;
    busy = Boolean(letter);
    if (letter) tryOnce(letter, failures, (...answer) => settle(letter, ...answer));
  }

  /** @type {(letter: Letter, outcome: Outcome, status?: number, wait?: number) => void} */
  function settle(letter, outcome, status, wait = 0) {
    if (letters[0] !== letter) return;
    const failed = outcome === "failed";
    failures = failed ? failures + 1 : 0;
    if (!failed) letters.shift();
    if (failed || kept) save(letter);
    report(letter, outcome, status);
    if (failed) timer = window.setTimeout(next, Math.max(wait, pauseAfter(failures)));
    else next();
  }

  /** @param {Letter} letter */
  function add(letter) {
    load();
    letters.push(letter);
    if (letters.length > LIMIT) report(/** @type {Letter} */ (letters.splice(Number(busy), 1)[0]), "lost");
    saving ||= window.setTimeout(() => ((saving = 0), letters.length && save()));
    if (!busy) next();
  }

  /** Go on where the page before this one ended. */
  function resume() {
    load();
    if (!busy) next();
  }

  function retryNow() {
    clearTimeout(timer);
    if (timer) next();
  }

  function clear() {
    clearTimeout(timer);
    letters = [];
    busy = false;
  }

  addEventListener("online", retryNow);
  addEventListener("pagehide", () => {
    if (letters.length && !(save() && failures)) letters.forEach(handOver);
  });
  return { add, resume, clear };
}

/** @param {Letter} letter for the browser to send when the page is gone */
function handOver({ url, text }) {
  navigator.sendBeacon?.(url, formOf(text));
}

/** @param {number} failures */
function pauseAfter(failures) {
  return Math.min(MINUTE, 250 * 2 ** failures) * (1 - Math.random() / 2);
}

/** @returns {Letter[]} */
function stored() {
  return (readList(OUTBOX_KEY) ?? []).filter((one) => Date.now() - one?.time < DAY);
}

/**
 * Put the outbox into the storage, beside what other tabs have there.
 *
 * @param {Letter[]} letters
 * @param {Letter} [gone] no longer in the outbox
 * @returns {boolean | undefined} true when the storage is open
 */
function persist(letters, gone) {
  const own = new Set([...letters, gone].map(keyOf));
  const list = [...stored().filter((one) => !own.has(keyOf(one))), ...letters].slice(-LIMIT);
  return keepList(OUTBOX_KEY, list.length ? list : undefined);
}

/** @param {Letter} [letter] */
function keyOf(letter) {
  return letter && `${letter.url} ${letter.text}`;
}

/**
 * Try once.
 *
 * @param {Letter} letter
 * @param {number} failures how often in a row it has failed before
 * @param {(outcome: Outcome, status?: number, wait?: number) => void} then called once
 */
function tryOnce({ url, text }, failures, then) {
  const short = shortUrl(url, text);
  const end = /** @type {typeof then} */ (
    (...answer) => {
      clearTimeout(timer);
      then(...answer);
      then = () => {};
    }
  );
  const fail = () => end("failed");
  const timer = setTimeout(fail, PATIENCE_MS);
  if (short && failures % 2 === 0) {
    const image = document.createElement("img");
    Object.assign(image, { onload: () => end("stored"), onerror: fail, src: short });
  } else {
    // Not through the cache, where it would wait for an image of this URL that is still loading.
    ask(url, text, { cache: "no-store", keepalive: text.length < KEEPALIVE_LIMIT }).then(({ ok, status, headers }) => {
      const later = String(headers.get("Retry-After"));
      const wait = Number(later) * 1000 || Date.parse(later) - Date.now() || 0;
      const refused = status < 500 && status !== 429 && status !== 408;
      end(ok ? "stored" : refused ? "lost" : "failed", status, Math.min(wait, 5 * MINUTE));
    }, fail);
  }
}

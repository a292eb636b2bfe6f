/** @import { CallKind, EventLog, LogEntry, Outcome, Timing, Witness } from "../types" */
import { kindOfCall, labelOfKind, mayBeCall } from "../log/classify.js";
import { eventTitle, streamOf } from "../log/events.js";
import { decodePayload } from "../log/payload.js";
import { watchResources } from "./resources.js";
import { watchWire } from "./wire.js";

/** Topics of the tag that a reader of the log wants; the rest is its private noise, or is seen as a request. */
const NOTED = /^(?:entity|pathfora|recommend|spa)\.|^getid$|^consent|\.carp$/;
const NO_BODY = { text: null, type: "", size: 0, note: "" };

/**
 * Write down every request to the vendor's hosts or ours, from the first script of the page on.
 * @param {EventLog} log
 * @param {() => Set<string>} hosts whose plain addresses are the tag's
 * @param {import("./wire.js").Changes} changes
 */
export function startRecorder(log, hosts, changes) {
  const load = Math.round(performance.timeOrigin).toString(36);
  const kindAt = (/** @type {string} */ url) => {
    const [address, known] = [mayBeCall(url) ? addressOf(url) : null, hosts()];
    if (address && (address !== lastKind.address || known !== lastKind.known)) Object.assign(lastKind, { address, known, kind: kindOfCall(address, known) });
    return address && lastKind.kind;
  };
  /** @type {Witness} */
  const witness = {
    wants: (url) => kindAt(url) !== null,
    begin({ transport, method, url, body }) {
      const known = body instanceof Promise ? NO_BODY : body;
      const kind = /** @type {CallKind} */ (kindAt(url));
      const address = /** @type {URL} */ (addressOf(url));
      const time = now();
      /** @type {LogEntry} */
      let entry;
      log.later(() => (entry = log.add({ load, time, transport, method, state: "sending", ...told(kind, address, known) })));
      if (body instanceof Promise) void body.then((late) => log.later(() => log.change(entry, told(kind, address, late))), () => undefined);
      return (outcome) => {
        const ended = now();
        log.later(() => end(log, entry, outcome, ended));
      };
    },
  };
  watchWire(witness, changes);
  watchResources((url, timing) => {
    if (!mayBeCall(url)) return;
    log.later(() => {
      const kind = kindAt(url);
      if (kind) writeTiming(log, load, kind, timing());
    });
  });
  return {
    load,
    /** @param {string} topic @param {number} time @param {unknown} data */
    note(topic, time, data) {
      if (NOTED.test(topic)) log.later(() => log.add({ load, kind: "note", topic, title: topic, time, data, state: /carp$/.test(topic) ? "failed" : "note" }));
    },
  };
}

/** The last address that was read: each is asked for several times in a row, and an event's is long. @type {{text: string, url: URL | null}} */
const lastRead = { text: "", url: null };
/** What it was for. @type {{address: URL | null, known: Set<string> | null, kind: CallKind | null}} */
const lastKind = { address: null, known: null, kind: null };

function now() {
  return performance.timeOrigin + performance.now();
}

/** @param {string} text @returns {URL | null} */
function addressOf(text) {
  const whole = /^https?:/i.test(text); // what is relative depends on where the page is
  if (whole && text === lastRead.text) return lastRead.url;
  try {
    const url = new URL(text, whole ? undefined : document.baseURI);
    if (whole) Object.assign(lastRead, { text, url });
    return url;
  } catch {
    return null;
  }
}

/** @param {EventLog} log @param {string} load @param {CallKind} kind @param {Timing} timing */
function writeTiming(log, load, kind, timing) {
  const entry = log.findRecent((one) => isTimedBy(one, timing));
  if (entry) log.change(entry, { ...seen(timing, entry), timed: true });
  else log.add({ load, method: "GET", time: timing.time, transport: timing.transport, timed: true, ...told(kind, new URL(timing.url), NO_BODY), ...seen(timing, null) });
}

/**
 * @param {CallKind} kind
 * @param {URL} url
 * @param {import("../log/payload.js").Body} body
 * @returns {Partial<LogEntry>}
 */
function told(kind, url, body) {
  const data = decodePayload(url, body);
  const title = kind === "collect" ? eventTitle(data, streamOf(url.href)) : labelOfKind(kind);
  return { kind, url: url.href, data, title, body: body.text, note: body.note };
}

/** @param {EventLog} log @param {LogEntry} entry @param {Outcome} outcome @param {number} ended */
function end(log, entry, { state, status, error }, ended) {
  const duration = entry.duration ?? (state === "unseen" ? null : Math.round(ended - entry.time));
  log.change(entry, { state, status: status ?? null, error: error ?? "", duration });
}

/** @param {LogEntry} entry @param {Timing} timing */
function isTimedBy(entry, timing) {
  if (entry.timed || entry.url !== timing.url.split("#")[0] || Math.abs(entry.time - timing.time) > 2000) return false;
  return entry.transport.startsWith(timing.transport) || (timing.transport === "frame" && entry.transport === "form");
}

/** @param {Timing} timing @param {LogEntry | null} entry @returns {Partial<LogEntry>} */
function seen({ url, duration, status, size }, entry) {
  const own = new URL(url).origin === location.origin;
  const known = status ?? entry?.status ?? null;
  const state = known === null ? (own ? "failed" : "unseen") : known < 400 ? "done" : "failed";
  const settled = entry && entry.state !== "sending" ? entry.state : state;
  const error = settled === "failed" && known === null ? (entry?.error || "no answer") : (entry?.error ?? "");
  return { duration, size, status: known, state: settled, error };
}

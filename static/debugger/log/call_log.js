/** @import { EventLog, LogEntry, Signal, Stored } from "../types" */
import { isSameEvent, eventTitle } from "./events.js";
import { createLatest } from "./latest.js";

/** Lines kept, and characters of payload: whichever is reached first. */
const LIMIT = 10000;
const LARGEST = 16e6;
/** How far back a receipt looks for its request, at least. */
const NEAR = 400;

/**
 * What was requested, what the tag did and what the server stored, as one list in order of arrival: a request and its receipt
 * are one line. Every change gives a line a new revision, so that a reader asks only for what is new to it.
 * @param {Signal} signal
 * @param {() => string} route where the page is, or was when that happened which is written down
 * @returns {Omit<EventLog, "later">}
 */
export function createLog(signal, route) {
  /** @type {Map<number, LogEntry>} */
  let entries = new Map();
  const latest = /** @type {ReturnType<typeof createLatest<LogEntry>>} */ (createLatest(NEAR));
  let total = 0;
  let revision = 0;
  let epoch = 0;
  let weight = 0;

  const touch = (/** @type {LogEntry} */ entry) => {
    entry.rev = ++revision;
    signal.fire("log");
    return entry;
  };
  const add = (/** @type {Partial<LogEntry>} */ given) => {
    const entry = { ...BLANK_LINE, route: route(), ...given, key: ++total, rev: 0 };
    entries.set(entry.key, entry);
    latest.add(entry);
    weight += weigh(entry);
    for (const [key, oldest] of entries) {
      if (entries.size <= LIMIT && weight <= LARGEST) break;
      entries.delete(key);
      weight -= weigh(oldest);
    }
    return touch(entry);
  };
  const findRecent = (/** @type {(entry: LogEntry) => unknown} */ isWanted) => latest.find((entry) => entries.has(entry.key) && isWanted(entry));

  return {
    limit: LIMIT,
    add(given) {
      const stored = given.kind === "collect" && findRecent((one) => one.kind === "stored" && isSameEvent(one.data, given.data));
      return stored ? touch(Object.assign(stored, given)) : add(given);
    },
    change(entry, given) {
      if (!entries.has(entry.key)) return;
      weight -= weigh(entry);
      Object.assign(entry, given);
      weight += weigh(entry);
      touch(entry);
    },
    store(stored) {
      const line = findRecent((one) => one.stored?.event_id === stored.event_id)
        ?? findRecent((one) => one.kind === "collect" && !one.stored && isSameEvent(one.data, stored.data));
      if (line) touch(Object.assign(line, { stored: { ...line.stored, ...stored } }));
      else add({ kind: "stored", time: stored.time, title: eventTitle(stored.data, stored.stream), data: stored.data, stored, load: earlier(stored) });
    },
    findRecent,
    all: () => [...entries.values()],
    since(rev, seen) {
      const fresh = seen !== epoch;
      const changed = [...entries.values()].filter((entry) => fresh || entry.rev > rev);
      const first = entries.keys().next().value ?? total + 1;
      return { entries: changed, rev: revision, epoch, first, total, limit: LIMIT };
    },
    clear() {
      entries = new Map();
      weight = 0;
      epoch++;
      signal.fire("log");
    },
  };
}

/** Characters, about. @param {LogEntry} entry */
function weigh(entry) {
  return (entry.body?.length ?? 0) + entry.url.length + 200;
}

/** A line that says nothing yet. @type {LogEntry} */
export const BLANK_LINE = {
  key: 0, rev: 0, kind: "note", state: "note", title: "", topic: "", time: 0, load: "", route: "", transport: "", method: "", url: "", status: null, duration: null,
  size: null, error: "", data: undefined, body: null, note: "", stored: null, timed: false,
};

/** @param {Stored} stored whether it is from before this page was loaded */
function earlier(stored) {
  return stored.time < performance.timeOrigin ? "before" : "";
}

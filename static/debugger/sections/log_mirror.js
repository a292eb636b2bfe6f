/** @import { LogEntry, Source } from "../types" */

/**
 * The page's log as a section has it: only what is new is asked for. `entries` are the newest first.
 * @param {Source} source
 */
export function createLogMirror(source) {
  /** @type {Map<number, LogEntry>} */
  let known = new Map();
  let rev = 0;
  let epoch = -1;
  /** @type {LogEntry[]} */
  let entries = [];
  let total = 0;
  let limit = 0;
  return {
    entries: () => entries,
    get: (/** @type {number} */ key) => known.get(key),
    total: () => total,
    limit: () => limit,
    /** Bring it up to date; answers the lines that are new or changed. */
    async follow() {
      const view = await source.ask("log", rev, epoch);
      if (view.epoch !== epoch) known = new Map();
      // A line is changed in place in the page that it comes from: a copy tells what it was when it was read.
      for (const entry of view.entries) known.set(entry.key, { ...entry });
      for (const key of known.keys()) if (key < view.first) known.delete(key);
      ({ rev, epoch, total, limit } = view);
      entries = [...known.values()].sort((one, other) => other.time - one.time || other.key - one.key);
      return view.entries;
    },
  };
}

/* global chrome */
/** @typedef {{key: string, load: string, kind: string, title: string, time: number, route: string, status: number | null, state: string, url: string}} Line */
/** @typedef {{origin: string, total: number, lines: Line[]}} TabRecord */

/** Lines kept of a tab, over its page loads. */
export const LINES_KEPT = 200;

const PREFIX = "tab ";

/** @param {number} tab */
export function recordKey(tab) {
  return `${PREFIX}${tab}`;
}

/** Which tabs have a record, and of which site. */
export async function allRecords() {
  const records = /** @type {[string, TabRecord][]} */ (Object.entries(await chrome.storage.session.get(null)));
  return records.filter(([key]) => key.startsWith(PREFIX)).map(([key, { origin }]) => ({ tab: Number(key.slice(PREFIX.length)), origin }));
}

/** @param {number} tab @returns {Promise<TabRecord>} */
export async function readRecord(tab) {
  const key = recordKey(tab);
  return (await chrome.storage.session.get(key))[key] ?? { origin: "", total: 0, lines: [] };
}

/**
 * Add lines to a tab's record; another origin begins a new one, so that two ports of one host are two sites.
 * @param {number} tab
 * @param {string} origin
 * @param {Line[]} lines
 */
export async function addLines(tab, origin, lines) {
  const before = await readRecord(tab);
  const known = before.origin === origin ? before : { origin, total: 0, lines: [] };
  const kept = new Map(known.lines.map((line) => [line.key, line]));
  const fresh = lines.filter(({ key }) => !kept.has(key)).length;
  for (const line of lines) kept.set(line.key, line);
  const record = { origin, total: known.total + fresh, lines: [...kept.values()].slice(-LINES_KEPT) };
  await chrome.storage.session.set({ [recordKey(tab)]: record });
  return record;
}

/** @param {number} tab */
export function forgetRecord(tab) {
  return chrome.storage.session.remove(recordKey(tab));
}

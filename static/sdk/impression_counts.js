import { addCount, area, keys, put, readCount, write } from "./storage.js";

export const IMPRESSIONS = "PathforaImpressions_";
const SINCE = "PathforaTotalImpressionsSince_";

/**
 * How often a widget was shown in this browser session.
 * @param {string} key its key in session storage
 */
export function sessionCount(key) {
  return parseInt(area("sessionStorage").getItem(key) ?? "", 10) || 0;
}

/**
 * Count one display of a widget (widgets.md 3.8), also towards the windows that other widgets watch.
 * @param {string} id
 */
export function countImpression(id) {
  const key = IMPRESSIONS + id;
  put("sessionStorage", key, String(sessionCount(key) + 1));
  addCount(key, 9998);
  for (const since of keys("localStorage", SINCE)) {
    const { count, last } = readCount(since);
    write(since, `${count + 1}|${last}`);
  }
}

/**
 * All widgets together: displays in this session and ever, and when the last one was.
 * @returns {{session: number, total: number, last: number}} `last` is 0 when there was none
 */
export function allCounts() {
  const session = keys("sessionStorage", IMPRESSIONS).reduce((sum, key) => sum + sessionCount(key), 0);
  const records = keys("localStorage", IMPRESSIONS).map(readCount);
  return {
    session,
    total: records.reduce((sum, record) => sum + record.count, 0),
    last: Math.max(0, ...records.map((record) => record.last || 0)),
  };
}

/**
 * Displays of all widgets since the present window began; a window that is over begins anew.
 * @param {string} id
 * @param {number} duration seconds
 */
export function openWindow(id, duration) {
  const record = readCount(SINCE + id);
  if (Date.now() - record.last < duration * 1000) return record;
  const last = Date.now();
  write(SINCE + id, `0|${last}`);
  return { count: 0, last };
}

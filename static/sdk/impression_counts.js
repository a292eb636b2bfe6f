import { addCount, area, keys, put, readCount, write } from "./storage.js";

export const IMPRESSIONS = "PathforaImpressions_";
export const SINCE = "PathforaTotalImpressionsSince_";

/**
 * How often a widget was shown in this browser session.
 * @param {string} key its key in session storage
 */
export function sessionCount(key) {
  return parseInt(area("sessionStorage")[key] ?? "", 10) || 0;
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
    const [count, last] = readCount(since);
    write(since, `${count + 1}|${last}`);
  }
}

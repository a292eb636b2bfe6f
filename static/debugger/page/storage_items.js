/** @import { StorageItem } from "../types" */
import { currentTag, readCookie, storedNames } from "./page_globals.js";

/** What each key of the widget SDK remembers (widgets.md 7). @type {[RegExp, string][]} */
const MEANINGS = [
  [/^PathforaPageView$/, "Page views on this site"],
  [/^PathforaImpressions_(.+)$/, "Shown: $1"],
  [/^PathforaTotalImpressionsSince_(.+)$/, "Shown since a pause began: $1"],
  [/^PathforaClosed_(.+)$/, "Closed: $1"],
  [/^PathforaConfirm_(.+)$/, "Confirmed: $1"],
  [/^PathforaCancel_(.+)$/, "Cancelled: $1"],
  [/^PathforaUnlocked_(.+)$/, "Gate passed: $1"],
  [/^PathforaTest_(.+)$/, "Draw of the A/B test $1"],
  [/^PathforaRecommend_?(.*)$/, "Cached recommendations: $1"],
];

/** Everything that tag, SDK and debugger keep in this browser for the page's origin. @returns {StorageItem[]} */
export function storageItems() {
  const names = storedNames(currentTag());
  const areas = /** @type {const} */ (["localStorage", "sessionStorage"]);
  const stored = areas.flatMap((area) => itemsOf(area, names.segments));
  const cookies = [names.cookie, names.session].flatMap((key) => {
    const value = readCookie(key);
    const meaning = key === names.cookie ? "The visitor's id" : "The session";
    return value === null ? [] : [{ area: /** @type {const} */ ("cookie"), key, raw: value, value, time: null, expires: null, meaning }];
  });
  return [...cookies, ...stored];
}

/**
 * Write, or with null remove, one of them. A record of the SDK keeps its envelope, so that the SDK goes on reading it.
 * @param {StorageItem["area"]} area
 * @param {string} key
 * @param {string | null} value
 */
export function storeItem(area, key, value) {
  const tag = currentTag();
  if (area === "cookie") {
    if (value === null) tag?.deleteCookie?.(key);
    else tag?.setCookie?.(key, value, 7776000);
    return;
  }
  const storage = window[area];
  if (value === null) storage.removeItem(key);
  else storage.setItem(key, area === "localStorage" ? enveloped(storage.getItem(key), key, value) : value);
}

/**
 * @param {"localStorage" | "sessionStorage"} area
 * @param {string} segments
 * @returns {StorageItem[]}
 */
function itemsOf(area, segments) {
  let storage;
  try {
    storage = window[area];
  } catch {
    return []; // blocked on this page
  }
  const keys = Array.from({ length: storage.length }, (_, index) => storage.key(index) ?? "").sort();
  return keys.filter((key) => /^(Pathfora|understudy:)/.test(key) || key === segments || /^(lytics|jstag|seer)/.test(key)).map((key) => {
    const raw = storage.getItem(key) ?? "";
    const { value, expires } = opened(raw);
    const [, count, time] = /^(\d+)\|(\d+)$/.exec(value) ?? [null, value, null];
    return { area, key, raw, value: count ?? value, time: time ? Number(time) : null, expires, meaning: meaningOf(key, segments) };
  });
}

/** @param {string} key @param {string} segments */
function meaningOf(key, segments) {
  if (key === segments) return "Audiences, cached by the tag";
  if (key.startsWith("understudy:")) return "This debugger's own";
  for (const [pattern, text] of MEANINGS) if (pattern.test(key)) return key.replace(pattern, text);
  return "The tag's own";
}

/** @param {string} raw @returns {{value: string, expires: string | null}} */
function opened(raw) {
  try {
    const record = JSON.parse(raw);
    if (record && typeof record === "object" && "@" in record) return { value: String(record.$), expires: String(record["@"]) };
  } catch {
    return { value: raw, expires: null }; // plain text
  }
  return { value: raw, expires: null };
}

/** @param {string | null} before @param {string} key @param {string} value */
function enveloped(before, key, value) {
  const old = before === null ? null : opened(before);
  if (old ? old.expires === null : !key.startsWith("Pathfora")) return value;
  const counted = /^\d+$/.test(value) && /^\d+\|\d+$/.test(old?.value ?? "") ? `${value}|${old?.value.split("|")[1]}` : value;
  const expires = old?.expires ?? new Date(Date.now() + 31536e6).toISOString();
  return JSON.stringify({ $: counted, "@": expires, PATHFORA: "1.2.20" });
}

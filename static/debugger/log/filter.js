/** @import { LogEntry } from "../types" */
import { labelOfKind } from "./classify.js";

/** @typedef {{not: boolean, field: string, value: string}} Term */

/** What `name:value` in a filter looks at. @type {Record<string, (entry: LogEntry) => unknown>} */
const FIELDS = {
  kind: (entry) => `${entry.kind} ${labelOfKind(entry.kind)}`,
  state: ({ state, stored }) => (stored ? `${state} stored` : state),
  status: ({ status }) => status,
  method: ({ method }) => method,
  via: ({ transport }) => transport,
  page: ({ route }) => route,
  widget: ({ data }) => memberText(data, "pf-widget-id"),
  event: ({ data }) => `${memberText(data, "pf-widget-event")} ${memberText(data, "_e")}`,
  stream: ({ url, stored }) => stored?.stream ?? url,
};

/** @type {WeakMap<LogEntry, {rev: number, text: string}>} all of a line as lower-case text, worked out once for each revision */
const texts = new WeakMap();

/**
 * A filter as it is typed: words that have to be in a line somewhere, `name:value` for one part of it, a minus for what must not
 * be, quotes around words with spaces.
 * @param {string} typed
 * @returns {Term[]}
 */
export function parseFilter(typed) {
  const words = typed.toLowerCase().match(/-?(?:[a-z]+:)?(?:"[^"]*"|[^\s"]+)/g) ?? [];
  return words.map((word) => {
    const [, minus = "", name = "", value = ""] = /^(-?)(?:([a-z]+):)?(.*)$/.exec(word) ?? [];
    const known = name in FIELDS;
    const text = (known || !name ? value : `${name}:${value}`).replaceAll('"', "");
    return { not: minus === "-", field: known ? name : "", value: text };
  });
}

/**
 * @param {LogEntry} entry
 * @param {Term[]} terms
 */
export function passesFilter(entry, terms) {
  return terms.every(({ not, field, value }) => {
    const look = FIELDS[field];
    const text = look ? String(look(entry) ?? "").toLowerCase() : textOfLine(entry);
    return text.includes(value) !== not;
  });
}

/** @param {LogEntry} entry */
function textOfLine(entry) {
  const known = texts.get(entry);
  if (known?.rev === entry.rev) return known.text;
  const parts = [entry.title, entry.topic, labelOfKind(entry.kind), entry.url, entry.transport, entry.status, entry.error, JSON.stringify(entry.data), JSON.stringify(entry.stored)];
  const text = parts.join(" ").toLowerCase();
  texts.set(entry, { rev: entry.rev, text });
  return text;
}

/** @param {unknown} data @param {string} name */
function memberText(data, name) {
  const items = Array.isArray(data) ? data : [data];
  return items.map((item) => (item && typeof item === "object" ? (Reflect.get(item, name) ?? "") : "")).join(" ");
}

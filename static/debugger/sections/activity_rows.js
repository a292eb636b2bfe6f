/** @import { LogEntry } from "../types" */
/** @import { Item } from "../virtual_list.js" */
import { chip, clockTime, element } from "../dom.js";
import { labelOfKind } from "../log/classify.js";

const LINE_TONES = { sending: "wait", done: "info", failed: "bad", unseen: "off", note: "off" };
const WORDS = { sending: "sending", done: "done", failed: "failed", unseen: "sent", note: "tag" };

/**
 * Lines with a heading for each page load and, within one, each address that a page without reloads went to.
 * @param {LogEntry[]} entries newest first
 * @param {string} load of the page that is there now
 * @param {Map<number, string[]>} faults what a schema found wrong, by line
 * @returns {Item[]}
 */
export function activityItems(entries, load, faults) {
  /** @type {Item[]} */
  const items = [];
  let group = "";
  for (const entry of entries) {
    const name = `${entry.load}|${entry.route}`;
    if (name !== group) items.push(headingOf(entry, load));
    group = name;
    const wrong = faults.has(entry.key);
    items.push({ key: String(entry.key), heading: null, version: `${entry.rev}${wrong ? "!" : ""}`, fill: (row) => fillRow(row, entry, wrong) });
  }
  return items;
}

/** @param {LogEntry} entry @param {string} load @returns {Item} */
function headingOf({ key, load: own, route }, load) {
  const when = own === load || own === "" ? "this page load" : own === "before" ? "before this page load" : "an earlier page load";
  const heading = own === "before" ? when : `${route} · ${when}`;
  return { key: `group-${key}`, heading, version: heading, fill: () => undefined };
}

/** @param {HTMLElement} row @param {LogEntry} entry @param {boolean} wrong */
function fillRow(row, entry, wrong) {
  const marks = [wrong ? chip("bad", "invalid") : null, entry.stored ? chip("good", "stored") : stateChip(entry)];
  const kind = entry.kind === "collect" || entry.kind === "stored" ? "" : entry.kind === "note" ? "" : entry.transport;
  row.append(
    element("time", {}, clockTime(entry.time)),
    element("span", { class: "title", title: entry.url || entry.topic }, entry.title || labelOfKind(entry.kind)),
    ...(kind ? [element("span", { class: "hint" }, kind)] : []),
    element("span", { class: "marks" }, ...marks.filter((mark) => mark !== null)),
  );
}

/** @param {LogEntry} entry */
function stateChip({ state, status, kind }) {
  if (kind === "stored") return chip("good", "stored");
  const text = status && (state === "failed" || status >= 300) ? `${WORDS[state]} ${status}` : WORDS[state];
  return chip(LINE_TONES[state], text);
}

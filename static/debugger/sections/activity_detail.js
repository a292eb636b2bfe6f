/** @import { LogEntry } from "../types" */
import { copyButton } from "../copying.js";
import { chip, element } from "../dom.js";
import { sentenceOfKind, labelOfKind } from "../log/classify.js";
import { asCurl, asSend } from "../log/copy_as.js";
import { streamOf } from "../log/events.js";
import { linesToShare } from "../log/exports.js";
import { brief, tree } from "../tree.js";
import { eventComposer } from "./event_composer.js";
import { dateAndTime } from "./times.js";

/**
 * Everything about one line.
 * @param {LogEntry} entry
 * @param {string[]} faults what its stream's schema found
 * @param {() => boolean} redact whether copies leave out personal data
 * @param {(stream: string, data: Record<string, unknown>) => Promise<unknown>} send
 */
export function activityDetail(entry, faults, redact, send) {
  const shared = () => /** @type {LogEntry} */ (linesToShare([entry], redact())[0]);
  const copies = [
    entry.url ? copyButton("Copy as cURL", () => asCurl(shared())) : null,
    entry.kind === "collect" || entry.kind === "stored" ? copyButton("Copy as jstag.send", () => asSend(shared(), entry.stored?.stream || streamOf(entry.url))) : null,
    copyButton("Copy JSON", () => JSON.stringify(shared().data, null, 2) ?? ""),
  ];
  return [
    element("div", { class: "head" }, element("strong", { class: "title" }, entry.title), chip("off", labelOfKind(entry.kind))),
    element("p", { class: "hint" }, [sentenceOfKind(entry.kind), dateAndTime(entry.time)].filter(Boolean).join(" ")),
    ...(entry.url ? [requestTable(entry)] : []),
    element("div", { class: "bar wrap" }, ...copies.filter((copy) => copy !== null)),
    ...(entry.kind === "collect" || entry.kind === "stored" ? [eventComposer(entry, send)] : []),
    ...faults.map((fault) => element("p", { class: "error" }, fault)),
    ...storedLines(entry),
    ...(entry.data === undefined ? [] : [tree(entry.kind === "note" ? "payload" : "data", entry.data, true)]),
  ];
}

/** @param {LogEntry} entry */
function requestTable(entry) {
  /** @type {[string, string][]} */
  const rows = [
    ["Request", `${entry.method} ${entry.transport}`],
    ["Address", entry.url],
    ["Status", entry.status ? String(entry.status) : entry.state === "unseen" ? "not told to the page" : entry.state],
    ["Took", entry.duration === null ? "not known" : `${entry.duration} ms`],
    ["Size", entry.size === null ? "not known" : `${entry.size} bytes`],
    ["Page", entry.route],
  ];
  if (entry.error) rows.push(["Error", entry.error]);
  if (entry.note) rows.push(["Body", entry.note]);
  return element("dl", { class: "rows" }, ...rows.flatMap(([name, value]) => [element("dt", {}, name), element("dd", {}, value)]));
}

/** @param {LogEntry} entry */
function storedLines({ stored }) {
  if (!stored) return [];
  const line = (/** @type {(Node | string)[]} */ ...parts) => element("div", { class: "leaf" }, ...parts);
  return [
    line(`Stored as event ${stored.event_id}${stored.stream ? ` in stream ${stored.stream}` : ""}.`),
    ...Object.entries(stored.changed ?? {}).map(([name, [before, after]]) => line(element("span", { class: "key" }, name), ` ${brief(before)} → ${brief(after)}`)),
    ...(stored.entered ?? []).map((slug) => line(chip("good", "entered"), ` ${slug}`)),
    ...(stored.left ?? []).map((slug) => line(chip("off", "left"), ` ${slug}`)),
  ];
}

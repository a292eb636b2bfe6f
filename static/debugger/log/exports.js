/** @import { LogEntry } from "../types" */
import { redacted, redactedText } from "./redact.js";

/**
 * The lines as they may leave this browser.
 * @param {LogEntry[]} entries
 * @param {boolean} redact
 * @returns {LogEntry[]}
 */
export function linesToShare(entries, redact) {
  if (!redact) return entries;
  return entries.map((entry) => ({
    ...entry,
    title: redactedText(entry.title),
    url: redactedText(entry.url),
    route: redactedText(entry.route),
    body: entry.body === null ? null : redactedBody(entry),
    data: redacted(entry.data),
    stored: redacted(entry.stored),
  }));
}

/** What was on the wire is written anew from what it says, so that no encoding hides what has to go. @param {LogEntry} entry */
function redactedBody({ body, data }) {
  return /^\s*[[{]/.test(body ?? "") ? JSON.stringify(redacted(data)) : redactedText(decodedOnce(body ?? ""));
}

/** @param {string} text */
function decodedOnce(text) {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}

/**
 * The lines as an HTTP archive, version 1.2, which developer tools read.
 * @param {LogEntry[]} entries
 * @param {string} page address
 */
export function asHar(entries, page) {
  const calls = entries.filter(({ url }) => url);
  const first = Math.min(...calls.map(({ time }) => time), Infinity);
  const started = new Date(Number.isFinite(first) ? first : 0).toISOString();
  const pages = [{ startedDateTime: started, id: "page", title: page, pageTimings: {} }];
  return { log: { version: "1.2", creator: { name: "Understudy", version: "1" }, pages, entries: calls.map(harEntry) } };
}

/** @param {LogEntry} entry */
function harEntry({ time, duration, method, url, status, size, body, error, transport }) {
  const queryString = [...new URL(url).searchParams].map(([name, value]) => ({ name, value }));
  const mimeType = /^\s*[[{]/.test(body ?? "") ? "application/json" : "application/x-www-form-urlencoded";
  const none = { httpVersion: "unknown", cookies: [], headers: [], headersSize: -1 };
  return {
    pageref: "page",
    startedDateTime: new Date(time).toISOString(),
    time: duration ?? 0,
    request: { ...none, method, url, queryString, bodySize: body?.length ?? 0, ...(body ? { postData: { mimeType, text: body } } : {}) },
    response: { ...none, status: status ?? 0, statusText: error, content: { size: size ?? 0, mimeType: "" }, redirectURL: "", bodySize: size ?? -1 },
    cache: {},
    timings: { send: 0, wait: duration ?? 0, receive: 0 },
    comment: transport,
  };
}

/**
 * The lines as a table.
 * @param {LogEntry[]} entries
 */
export function asCsv(entries) {
  const rows = entries.map(({ time, kind, title, method, url, status, duration, size, state, data }) =>
    [new Date(time).toISOString(), kind, title, method, url, status, duration, size, state, JSON.stringify(data)]);
  const head = ["time", "kind", "title", "method", "url", "status", "duration_ms", "size", "state", "data"];
  return [head, ...rows].map((row) => row.map(csvCell).join(",")).join("\r\n");
}

/** A cell; what a spreadsheet would run as a formula is made text. @param {unknown} value */
function csvCell(value) {
  const text = String(value ?? "");
  return `"${(/^[=+\-@]/.test(text) ? `'${text}` : text).replaceAll('"', '""')}"`;
}

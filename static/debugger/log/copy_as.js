/** @import { LogEntry } from "../types" */

/** Fields that the tag adds by itself, which a call of `jstag.send` does not name. */
const AUTOMATIC = /^(_.*|url|v|jsonp_?.*|callback)$/;

/**
 * A request as a command for a terminal.
 * @param {LogEntry} entry
 */
export function asCurl({ method, url, body, data }) {
  const parts = ["curl", quoted(url)];
  if (method !== "GET") parts.push("-X", method);
  if (body) {
    const type = typeof data === "object" && /^\s*[[{]/.test(body) ? "application/json" : "application/x-www-form-urlencoded";
    parts.push("-H", quoted(`Content-Type: ${type}`), "--data-raw", quoted(body));
  }
  return parts.join(" ");
}

/**
 * An event as the page's own call.
 * @param {LogEntry} entry
 * @param {string} stream
 */
export function asSend({ data }, stream) {
  const items = Array.isArray(data) ? data : [data ?? {}];
  const name = stream && stream !== "default" ? `${JSON.stringify(stream)}, ` : "";
  return items.map((item) => `jstag.send(${name}${JSON.stringify(ownFields(item), null, 2)});`).join("\n");
}

/**
 * What the page itself said in an event.
 * @param {object} item
 */
export function ownFields(item) {
  const own = Object.entries(item).filter(([name]) => !AUTOMATIC.test(name) || name === "_e");
  return Object.fromEntries(own);
}

/** @param {string} text for a POSIX shell */
function quoted(text) {
  return `'${text.replaceAll("'", "'\\''")}'`;
}

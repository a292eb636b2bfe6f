/** @import { EventLog, LogEntry, Signal } from "./types" */

const LIMIT = 500;
/** Topics that a reader of the log wants; cookies, polling and life cycle are the tag's private noise. */
const SHOWN = /^(?:collect|entity|pathfora|send)\.|^getid$|\.carp$/;

/**
 * What the tag did and what the server stored, newest first, as one list: a request and its receipt share a line.
 * @param {Signal} signal
 * @returns {EventLog}
 */
export function createLog(signal) {
  /** @type {LogEntry[]} */
  let entries = [];
  /** @type {WeakMap<object, LogEntry>} a message of the tag and its line */
  let lines = new WeakMap();
  let total = 0;

  const add = (/** @type {Omit<LogEntry, "key">} */ entry) => {
    const line = { ...entry, key: ++total };
    const at = entries.findIndex((other) => other.time <= line.time);
    entries.splice(at < 0 ? entries.length : at, 0, line);
    entries.length = Math.min(entries.length, LIMIT);
    return line;
  };
  const drop = (/** @type {LogEntry} */ entry) => {
    entries = entries.filter((other) => other !== entry);
  };

  return {
    limit: LIMIT,
    total: () => total,
    entries: () => entries,
    note(topic, time, payload) {
      if (!SHOWN.test(topic)) return;
      const data = payload[0];
      if (topic.startsWith("collect.") && isMessage(data)) {
        const line = lines.get(data) ?? add(blank("collect", topic, time, data.data));
        lines.set(data, line);
        describe(line, topic, data);
        const receipt = !line.stored && entries.find((other) => other.kind === "stored" && isSame(other.data, line.data));
        if (receipt) {
          line.stored = receipt.stored;
          drop(receipt);
        }
      } else {
        add({ ...blank("tag", topic, time, data), state: /carp$|failed$/.test(topic) ? "failed" : "note" });
      }
      signal.fire("log");
    },
    store(stored) {
      const known = entries.find((entry) => entry.stored?.event_id === stored.event_id);
      const line = known ?? entries.find((entry) => entry.kind === "collect" && !entry.stored && isSame(entry.data, stored.data));
      if (line) line.stored = { ...line.stored, ...stored };
      else add({ ...blank("stored", "stored", stored.time, stored.data), title: eventTitle(stored.data, stored.stream), stored });
      signal.fire("log");
    },
    clear() {
      entries = [];
      lines = new WeakMap();
      signal.fire("log");
    },
  };
}

/**
 * @param {LogEntry["kind"]} kind
 * @param {string} topic
 * @param {number} time
 * @param {unknown} data
 * @returns {Omit<LogEntry, "key">}
 */
function blank(kind, topic, time, data) {
  return { kind, topic, time, data, state: "note", title: topic, url: "", stored: null };
}

/**
 * Bring a line up to date with what its message now says.
 * @param {LogEntry} line
 * @param {string} topic
 * @param {TagMessage} message
 */
function describe(line, topic, message) {
  line.topic = topic;
  line.state = topic === "collect.finished" ? "sent" : topic === "collect.failed" ? "failed" : "sending";
  line.url = message.sendurl?.[0] ?? "";
  line.data = { ...message.data, ...Object.fromEntries(new URLSearchParams(message.dataMsg ?? "")) };
  line.title = eventTitle(/** @type {Record<string, unknown>} */ (line.data), message.stream ?? "");
}

/**
 * @typedef {{data: Record<string, unknown>, dataMsg?: string, sendurl?: string[], stream?: string}} TagMessage
 * @param {unknown} value
 * @returns {value is TagMessage}
 */
function isMessage(value) {
  return typeof value === "object" && value !== null && "data" in value && typeof value.data === "object";
}

/**
 * Whether two payloads are one event: the same visitor at the same millisecond, with the same widget event.
 * @param {unknown} one
 * @param {unknown} other
 */
function isSame(one, other) {
  const [a, b] = [/** @type {Record<string, unknown>} */ (one ?? {}), /** @type {Record<string, unknown>} */ (other ?? {})];
  const names = ["_ts", "_uid", "pf-widget-event", "pf-widget-id"];
  return a["_ts"] !== undefined && names.every((name) => String(a[name] ?? "") === String(b[name] ?? ""));
}

/**
 * An event in a few words.
 * @param {Record<string, unknown>} data
 * @param {string} stream
 */
function eventTitle(data, stream) {
  if (data["pf-widget-event"]) return `${data["pf-widget-event"]} ${data["pf-widget-id"] ?? ""}`.trim();
  if (data["_e"] === "pv") return "page view";
  const own = Object.keys(data).filter((name) => !name.startsWith("_") && name !== "url");
  return String(data["_e"] ?? data["event"] ?? (own.slice(0, 3).join(", ") || stream || "event"));
}

/**
 * Whether two payloads are one event: by the id that our tag gives each, else the same visitor at the same millisecond with the
 * same widget event. A payload may be a list of events, of which one is enough.
 * @param {unknown} one
 * @param {unknown} other
 * @returns {boolean}
 */
export function isSameEvent(one, other) {
  if (Array.isArray(one)) return one.some((item) => isSameEvent(item, other));
  const [a, b] = [/** @type {Record<string, unknown>} */ (one ?? {}), /** @type {Record<string, unknown>} */ (other ?? {})];
  if (a["_eid"] !== undefined && b["_eid"] !== undefined) return String(a["_eid"]) === String(b["_eid"]);
  const names = ["_ts", "_uid", "_e", "pf-widget-event", "pf-widget-id"];
  return a["_ts"] !== undefined && names.every((name) => String(a[name] ?? "") === String(b[name] ?? ""));
}

/**
 * An event in a few words.
 * @param {unknown} payload
 * @param {string} stream
 * @returns {string}
 */
export function eventTitle(payload, stream) {
  if (Array.isArray(payload)) return payload.length === 1 ? eventTitle(payload[0], stream) : `${payload.length} events`;
  const data = /** @type {Record<string, unknown>} */ (payload ?? {});
  if (data["pf-widget-event"]) return `${data["pf-widget-event"]} ${data["pf-widget-id"] ?? ""}`.trim();
  if (data["_e"] === "pv") return "page view";
  const own = Object.keys(data).filter((name) => !name.startsWith("_") && name !== "url");
  return String(data["_e"] ?? data["event"] ?? (own.slice(0, 3).join(", ") || stream || "event"));
}

/**
 * The stream that a collecting address names: `/c/{account}/{stream}`.
 * @param {string} url
 */
export function streamOf(url) {
  return /\/c\/[^/?]+\/([^/?]+)/.exec(url)?.[1] ?? "default";
}

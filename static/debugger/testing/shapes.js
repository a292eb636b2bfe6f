/** @import { Decision, Gate, LogEntry, WidgetsView } from "../types" */
/** @import { EventFilter, Explanation, SeenEvent, WidgetState } from "./types" */
import { parseFilter, passesFilter } from "../log/filter.js";

/** The states of a widget. @type {WidgetState[]} */
export const WIDGET_STATES = ["shown", "waiting", "hidden", "failed", "closed", "not evaluated"];

/**
 * Why each widget of a page is as it is; those that are published and were not decided on come last.
 * @param {WidgetsView} view
 * @returns {Explanation[]}
 */
export function explanations({ decisions, candidates }) {
  const known = new Set(decisions.map(({ id }) => id));
  const rest = candidates.filter(({ id }) => !known.has(id));
  return [...decisions.map(explanationOf), ...rest.map(({ id, type }) => undecided(id, type))];
}

/** @param {Decision} decision @returns {Explanation} */
function explanationOf({ id, type, layout, verdict, reason, gates: asked, time }) {
  // Nothing is left out, so that an answer is the same whichever way it comes.
  const gates = asked.map(({ gate, pass, actual = null, required = null, until = null }) => ({ gate, pass, actual, required, until }));
  return { id, state: /** @type {WidgetState} */ (verdict), reason, type, layout, stopped: stoppedBy(verdict, gates), gates, time };
}

/** @param {string} id @param {string} type @returns {Explanation} */
function undecided(id, type) {
  const reason = "Not evaluated: it is published, and the widget SDK has not come to it";
  return { id, state: "not evaluated", reason, type, layout: "", stopped: null, gates: [], time: null };
}

/** @param {string} verdict @param {Gate[]} gates */
function stoppedBy(verdict, gates) {
  if (verdict === "shown") return null;
  return gates.find(({ pass }) => pass === false) ?? gates.filter(({ pass }) => pass === null).at(-1) ?? null;
}

/** @param {LogEntry} entry @returns {SeenEvent} */
export function seenEvent({ key, kind, title, state, time, route, method, url, transport, status, data, stored }) {
  const kept = stored && { event_id: stored.event_id, changed: stored.changed ?? {}, entered: stored.entered ?? [], left: stored.left ?? [] };
  return { key, kind, title, state, time, route, method, url, transport, status, data: data ?? null, stored: kept };
}

/**
 * @param {string | EventFilter} wanted
 * @returns {(entry: LogEntry) => boolean}
 */
export function eventTest(wanted) {
  const { text = "", kind, widget, event, stored, data = {} } = typeof wanted === "string" ? { text: wanted } : wanted;
  const terms = parseFilter(text);
  return (entry) =>
    passesFilter(entry, terms) &&
    (kind === undefined || entry.kind === kind) &&
    (stored === undefined || (entry.stored !== null) === stored) &&
    payloads(entry).some((one) => {
      const named = widget === undefined || one["pf-widget-id"] === widget;
      const happened = event === undefined || one["pf-widget-event"] === event || one["_e"] === event;
      return named && happened && Object.entries(data).every(([name, value]) => String(one[name]) === String(value));
    });
}

/** What an entry carries, as one or several objects. @param {LogEntry} entry @returns {Record<string, unknown>[]} */
function payloads({ data }) {
  return (Array.isArray(data) ? data : [data]).map((one) => (one !== null && typeof one === "object" ? one : {}));
}

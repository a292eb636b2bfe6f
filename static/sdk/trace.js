/** @import { Decision, Gate, Verdict, Widget } from "./types" */

/** Gates that every widget passes; they explain nothing. */
const ORDINARY = /^(profile|showOnInit|render)$/;

/**
 * The one record of why each widget is shown or not, by id. Its gates are what the conditions themselves answered.
 * @type {Map<string, {widget: Widget, entry: Decision}>}
 */
export const traceEntries = new Map();

/** @param {unknown} value */
function written(value) {
  return typeof value === "string" ? value : JSON.stringify(value);
}

/**
 * A gate in one line. Readers who want sentences have the parts: the panel words them.
 * @param {Partial<Gate>} [gate]
 */
function inWords({ gate, actual, required } = {}) {
  const found = actual === undefined ? "" : ` is ${written(actual)}`;
  return gate + found + (required === undefined ? "" : `${found && ","} needs ${written(required)}`);
}

/**
 * The entry of a widget: the current one while the widget is being decided, else a new one.
 * @param {Widget} widget
 * @param {string} [key] where it is kept, when another widget has its id
 * @returns {Decision}
 */
export function traceEntry(widget, key = widget.id) {
  const known = traceEntries.get(key);
  if (known?.widget === widget && known.entry.verdict === "waiting") return known.entry;
  const { id, type } = widget;
  /** @type {Decision} */
  const entry = { id, type, layout: "", verdict: "waiting", reason: "", gates: [], time: 0 };
  traceEntries.delete(key);
  traceEntries.set(key, { widget, entry });
  return entry;
}

/**
 * The last entry under a widget's id, whatever its verdict.
 * @param {Widget} widget
 * @returns {Decision}
 */
export function lastEntry(widget) {
  return traceEntries.get(widget.id)?.entry ?? traceEntry(widget);
}

/**
 * Write down what a gate found, in place of what it found before.
 * @param {Widget} widget
 * @param {string} gate
 * @param {boolean | null} pass null while it is open
 * @param {unknown} [actual]
 * @param {unknown} [required]
 * @param {number} [until] when time alone changes it, in ms since 1970
 */
export function traceGate(widget, gate, pass, actual, required, until) {
  const { gates } = lastEntry(widget);
  const index = gates.findIndex((known) => known.gate === gate);
  gates[index < 0 ? gates.length : index] = { gate, pass, actual, required, until };
}

/**
 * A gate that is not decided yet, for which the widget waits.
 * @param {Widget} widget
 * @param {string} gate
 * @param {unknown} [actual]
 * @param {unknown} [required]
 * @param {number} [until]
 */
export function traceWait(widget, gate, actual, required, until) {
  traceGate(widget, gate, null, actual, required, until);
  traceVerdict(widget, "waiting", inWords({ gate, actual, required }));
}

/**
 * Hidden by the first gate that failed.
 * @param {Widget} widget
 */
export function traceHidden(widget) {
  traceVerdict(widget, "hidden", inWords(lastEntry(widget).gates.find(({ pass }) => pass === false)));
}

/**
 * Shown because of the gates that somebody configured.
 * @param {Widget} widget
 */
export function traceShown(widget) {
  const told = lastEntry(widget).gates.filter(({ gate, pass }) => pass && !ORDINARY.test(gate));
  traceVerdict(widget, "shown", told.map(({ gate }) => gate).join(", "));
}

/**
 * Change the verdict and tell the page.
 * @param {Widget} widget
 * @param {Verdict} verdict
 * @param {string} reason
 * @param {string} [key]
 */
export function traceVerdict(widget, verdict, reason, key) {
  const entry = key ? traceEntry(widget, key) : lastEntry(widget);
  Object.assign(entry, {
    layout: widget.layout ?? widget.config?.layout ?? "modal",
    verdict,
    reason: verdict[0]?.toUpperCase() + verdict.slice(1) + (reason && `: ${reason}`),
    time: Date.now(),
  });
  dispatchEvent(new CustomEvent("pathfora:decision", { detail: snapshot(entry) }));
}

/**
 * `pathfora.explain()`: all entries, or the one of an id.
 * @param {string} [id]
 */
export function explain(id) {
  const found = [...traceEntries.values()].map(({ entry }) => snapshot(entry));
  return id === undefined ? found : found.find((entry) => entry.id === id);
}

/**
 * A copy that later decisions do not change.
 * @param {Decision} entry
 * @returns {Decision}
 */
function snapshot(entry) {
  return { ...entry, gates: entry.gates.map((gate) => ({ ...gate })) };
}

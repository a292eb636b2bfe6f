/** @import { Decision, Gate, Verdict, Widget } from "./types" */

/** Gates that every widget passes; they explain nothing. */
const ORDINARY = /^(profile|showOnInit|render)$/;

/**
 * The one record of why each widget is shown or not, by id. Its gates are what the conditions themselves answered.
 * @typedef {Omit<Decision, "gates"> & {gates: Map<string, Gate>}} Entry
 * @type {Map<string, Entry>}
 */
export const traceEntries = new Map();

/** @param {unknown} value */
function written(value) {
  return typeof value === "string" ? value : JSON.stringify(value);
}

/**
 * A gate in one line. Readers who want sentences have the parts: the panel words them.
 * @param {Partial<Gate>} gate
 */
function inWords({ gate, actual, required }) {
  return `${gate} is ${written(actual)}, needs ${written(required)}`.replace(/ is undefined,|,? needs undefined/g, "");
}

/**
 * The entry of a widget, begun anew unless it is still being decided.
 * @param {Widget} widget
 * @returns {Entry}
 */
export function traceEntry({ id, type }) {
  const known = traceEntries.get(id);
  if (known?.verdict === "waiting") return known;
  // Its verdict says the rest.
  const entry = /** @type {Entry} */ ({ id, type, verdict: "waiting", gates: new Map() });
  traceEntries.delete(id);
  traceEntries.set(id, entry);
  return entry;
}

/** @param {Widget} widget */
function lastEntry(widget) {
  return traceEntries.get(widget.id) ?? traceEntry(widget);
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
  lastEntry(widget).gates.set(gate, { gate, pass, actual, required, until });
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
 * Change the verdict and tell the page. The reason, if not given, is the first gate that failed, else those that somebody configured.
 * @param {Widget} widget
 * @param {Verdict} verdict
 * @param {string} [reason]
 */
export function traceVerdict(widget, verdict, reason) {
  const entry = lastEntry(widget);
  const gates = [...entry.gates.values()];
  const stop = gates.find(({ pass }) => pass === false);
  reason ??= stop ? inWords(stop) : gates.flatMap(({ gate, pass }) => (pass && !ORDINARY.test(gate) ? gate : [])).join(", ");
  entry.layout = widget.layout ?? widget.config?.layout ?? "modal";
  entry.verdict = verdict;
  entry.reason = verdict.replace(/./, (first) => first.toUpperCase()) + (reason && `: ${reason}`);
  entry.time = Date.now();
  dispatchEvent(new CustomEvent("pathfora:decision", { detail: snapshot(entry) }));
}

/**
 * `pathfora.explain()`: all entries, or the one of an id.
 * @param {string} [id]
 */
export function explain(id) {
  const found = [...traceEntries.values()].map(snapshot);
  return id === undefined ? found : found.find((entry) => entry.id === id);
}

/**
 * A copy that later decisions do not change.
 * @param {Entry} entry
 * @returns {Decision}
 */
function snapshot(entry) {
  return { ...entry, gates: [...entry.gates.values()] };
}

/** @import { Decision, GateResult, Verdict, Widget } from "./types" */

/** Gates that every widget passes; they explain nothing. */
const ORDINARY = new Set(["profile", "showOnInit", "render"]);

/** The one record of why each widget is shown or not. Its gates are what the conditions themselves answered. */
export class Trace {
  /** @type {Map<string, {widget: Widget, entry: Decision}>} */
  entries = new Map();

  /**
   * The entry of a widget: the current one while the widget is being decided, else a new one.
   * @param {Widget} widget
   * @param {string} [key] where it is kept, when another widget has its id
   * @returns {Decision}
   */
  entry(widget, key = widget.id) {
    const known = this.entries.get(key);
    if (known?.widget === widget && known.entry.verdict === "waiting") return known.entry;
    /** @type {Decision} */
    const entry = { id: widget.id, type: widget.type, layout: "", verdict: "waiting", reason: "", gates: [], time: 0 };
    this.entries.delete(key);
    this.entries.set(key, { widget, entry });
    return entry;
  }

  /**
   * Write down what a gate found, in place of what it found before.
   * @param {Widget} widget
   * @param {string} gate
   * @param {GateResult} result
   */
  gate(widget, gate, { pass, actual, required, reason }) {
    const gates = this.current(widget).gates;
    const line = { gate, pass, actual, required, reason };
    const index = gates.findIndex((known) => known.gate === gate);
    if (index < 0) gates.push(line);
    else gates[index] = line;
  }

  /**
   * A gate that is not decided yet, for which the widget waits.
   * @param {Widget} widget
   * @param {string} gate
   * @param {{actual?: unknown, required?: unknown, reason: string}} [result]
   */
  wait(widget, gate, result = { reason: `for ${gate}` }) {
    this.gate(widget, gate, { pass: null, ...result });
    this.decide(widget, "waiting", result.reason);
  }

  /**
   * A gate that hides the widget.
   * @param {Widget} widget
   * @param {string} gate
   * @param {{actual?: unknown, required?: unknown, reason: string}} result
   */
  hide(widget, gate, result) {
    this.gate(widget, gate, { pass: false, ...result });
    this.decide(widget, "hidden", result.reason);
  }

  /**
   * Change the verdict and tell the page.
   * @param {Widget} widget
   * @param {Verdict} verdict
   * @param {string} [reason]
   * @param {string} [key]
   */
  decide(widget, verdict, reason, key) {
    const entry = key ? this.entry(widget, key) : this.current(widget);
    Object.assign(entry, {
      type: widget.type,
      layout: widget.layout ?? widget.config?.layout ?? "modal",
      verdict,
      reason: verdict.replace(/./, (first) => first.toUpperCase()) + (reason ? `: ${reason}` : ""),
      time: Date.now(),
    });
    window.dispatchEvent(new CustomEvent("pathfora:decision", { detail: snapshot(entry) }));
  }

  /**
   * Why a widget shows: what those gates found that somebody configured.
   * @param {Widget} widget
   */
  because(widget) {
    const telling = this.current(widget).gates.filter(({ gate, pass }) => pass && !ORDINARY.has(gate));
    return telling.map(({ reason }) => reason).join("; ") || "nothing stands against it";
  }

  /**
   * @param {Widget} widget
   * @returns {Decision}
   */
  current(widget) {
    return this.entries.get(widget.id)?.entry ?? this.entry(widget);
  }

  /**
   * `pathfora.explain()`: all entries, or the one of an id.
   * @param {string} [id]
   */
  explain(id) {
    const found = [...this.entries.values()].map(({ entry }) => snapshot(entry));
    return id === undefined ? found : found.find((entry) => entry.id === id);
  }
}

/**
 * A copy that later decisions do not change.
 * @param {Decision} entry
 * @returns {Decision}
 */
function snapshot(entry) {
  return { ...entry, gates: entry.gates.map((gate) => ({ ...gate })) };
}

/** @import { Widget } from "./types" */
import { passes } from "./conditions.js";
import { knownDefaults } from "./defaults.js";
import { ask } from "./features.js";
import { claim, guarded, release } from "./live.js";
import { refusal } from "./log.js";
import { updateObject } from "./objects.js";
import { show } from "./showing.js";
import { defaults, liveWidgets } from "./state.js";
import { traceEntry, traceGate, traceVerdict } from "./trace.js";

/**
 * Lay defaults and configuration onto the widget object itself (widgets.md 2.1).
 * @param {Widget} widget
 */
export function merge(widget) {
  for (const layer of [knownDefaults().generic, defaults[widget.type], widget.config]) updateObject(widget, layer ?? {});
}

/**
 * Take a widget's id.
 * @param {Widget} widget
 */
export function take(widget) {
  const { id } = widget;
  const other = liveWidgets.get(id);
  if (other) {
    const error = refusal("Cannot add two widgets with the same id");
    if (other.widget !== widget) {
      const again = { ...widget, id: `${id} (again)` };
      traceGate(again, "duplicate", false, id);
      traceVerdict(again, "failed", error.message);
    }
    throw error;
  }
  return claim(widget);
}

/**
 * @param {Widget} widget
 * @param {string} winner that has the slot
 */
export function lose(widget, winner) {
  traceGate(widget, "priority", false, winner, widget.id);
  traceVerdict(widget, "hidden");
}

/**
 * Decide on a merged widget, and show it or wait for its triggers (widgets.md 3.1). Throws when it cannot be shown.
 * @param {Widget} widget
 */
export function initializeOne(widget) {
  const live = claim(widget);
  const decide = () => {
    traceEntry(widget);
    widget.valid = passes(widget);
    if (!widget.valid) {
      traceVerdict(widget, "hidden");
      release(live);
    } else if (!ask("wait", live, () => guarded(live, () => show(widget))).includes(true)) show(widget);
  };
  guarded(live, decide, true);
}

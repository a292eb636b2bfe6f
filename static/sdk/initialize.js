/** @import { Widget } from "./types" */
import { passes } from "./conditions.js";
import { ask } from "./features.js";
import { claim, fail, guarded, release } from "./live.js";
import { isRefusal, refusal, report } from "./log.js";
import { updateObject } from "./objects.js";
import { show } from "./showing.js";
import { defaults, liveWidgets, parts, session } from "./state.js";
import { traceEntry, traceGate, traceVerdict } from "./trace.js";

/**
 * Lay defaults and configuration onto the widget object itself (widgets.md 2.1).
 * @param {Widget} widget
 */
export function merge(widget) {
  for (const layer of [defaults.generic, defaults[widget.type], widget.config]) updateObject(widget, layer ?? {});
}

/**
 * Take a widget's id.
 * @param {Widget} widget
 */
function take(widget) {
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
function lose(widget, winner) {
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

/**
 * Initialise widgets, each by itself: one that fails stops no other. The first error that the contract words is thrown in the end, every
 * other one is reported. Under `ordered` priority each waits until the one before is decided, and the first that takes the slot is the
 * last to be asked (widgets.md 3.14). Nothing follows after `clearAll`.
 * @param {Widget[]} widgets
 * @param {{priority?: string} | null} [options]
 */
export function initializeArray(widgets, options) {
  const ordered = options?.priority === "ordered";
  const { round } = session;
  let winner = "";
  let calling = true;
  /** @type {unknown} */
  let refused;
  /** @param {Widget | undefined} widget @param {unknown} error */
  const failed = (widget, error) => {
    if (calling && isRefusal(error)) refused ??= error;
    else report(String(widget?.id), error);
  };
  /** @param {Widget | undefined} next @param {number} index */
  const run = (next, index) => {
    const widget = /** @type {Widget} */ (next);
    /** @type {import("./types").LiveWidget | undefined} */
    let live;
    const steps = parts.conditions.values();
    /** Gets what the widget needs, one thing after the other, then decides. @param {unknown} [error] */
    const step = (error) => {
      if (session.round !== round) return;
      try {
        if (error) throw error;
        if (winner) lose(widget, winner);
        else {
          if (!live) {
            live = take(widget);
            merge(widget);
          }
          if (liveWidgets.get(widget.id) === live) {
            for (const { prepare } of steps) if (prepare) return prepare(live, step);
            parts.pathfora.initializeWidget(widget, options);
            if (liveWidgets.has(widget.id) && ordered) winner = widget.id;
          }
        }
      } catch (thrown) {
        if (live) fail(live, thrown);
        failed(widget, thrown);
      }
      if (ordered && ++index < widgets.length) run(widgets[index], index);
    };
    step();
  };
  widgets.slice(0, ordered ? 1 : undefined).forEach(run);
  calling = false;
  if (refused) throw refused;
}

/** @import { Widget } from "./types" */
import { lose, merge, take } from "./initialize.js";
import { fail } from "./live.js";
import { Refusal, report } from "./log.js";
import { liveWidgets, parts, session } from "./state.js";

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
    if (calling && error instanceof Refusal) refused ??= error;
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

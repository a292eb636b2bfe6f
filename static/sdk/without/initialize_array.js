/** @import { LiveWidget, Widget } from "../types" */
import { lose, merge, take } from "../initialize.js";
import { fail } from "../live.js";
import { Refusal, report } from "../log.js";
import { liveWidgets, parts } from "../state.js";

/**
 * Instead of `initialize_array.js`, where no widget waits for what it needs.
 * @param {Widget[]} widgets
 * @param {{priority?: string} | null} [options]
 */
export function initializeArray(widgets, options) {
  let winner = "";
  /** @type {unknown} */
  let refused;
  for (const widget of widgets) {
    /** @type {LiveWidget | undefined} */
    let live;
    try {
      if (winner) lose(widget, winner);
      else {
        live = take(widget);
        merge(widget);
        parts.pathfora.initializeWidget(widget, options);
        if (liveWidgets.has(widget.id) && options?.priority === "ordered") winner = widget.id;
      }
    } catch (thrown) {
      if (live) fail(live, thrown);
      if (thrown instanceof Refusal) refused ??= thrown;
      else report(String(widget?.id), thrown);
    }
  }
  if (refused) throw refused;
}

/** @import { Widget } from "./types" */
import { focusDialog } from "./dialog.js";
import { addClass, hasClass } from "./dom.js";
import { merge } from "./initialize.js";
import { guardDialog } from "./showing.js";
import { render } from "./render.js";
import { batches, liveWidgets, parts } from "./state.js";
import { traceEntries, traceVerdict } from "./trace.js";

/**
 * Put a new version of a widget in the place of an open one of its id, for live editing: same place, still open, nothing tracked,
 * counted or called. A widget that its audience keeps hidden stays so. Any other is cleared and initialised.
 * @param {Widget} widget
 */
function replaceWidget(widget) {
  const { pathfora, conditions } = parts;
  const live = liveWidgets.get(widget.id);
  const old = live?.node;
  if (!old || live.closing) {
    if (staysAway(widget)) return;
    pathfora.clearById([widget.id]);
    pathfora.initializeWidgets([widget]);
    return;
  }
  merge(widget);
  conditions.get("fields")?.check?.(0, widget);
  if (widget.recommend) widget.content = live.widget.content;
  // One that cannot be built throws here, and the old one stays.
  render({ ...live, widget });
  live.widget = widget;
  const node = (live.node = render(live));
  for (const state of ["opened", "success", "error"]) if (hasClass(old, state)) addClass(node, state);
  const { activeElement } = document;
  const focused = old.contains(activeElement) && activeElement;
  old.replaceWith(node);
  live.leave?.(false);
  guardDialog(live);
  if (live.leave) focusDialog(live);
  if (focused) {
    const twin = node.getElementsByClassName(focused.className)[0] ?? node.firstElementChild;
    /** @type {HTMLElement | null} */ (twin)?.focus({ preventScroll: true });
  }
  traceVerdict(widget, "shown", "replaced in place");
}

/**
 * Whether a widget that is not open has nothing to show: one that waits for the tag is exchanged where it waits, and one that its audience
 * keeps hidden stays so.
 * @param {Widget} widget
 */
function staysAway(widget) {
  const { id } = widget;
  const gates = traceEntries.get(id)?.gates;
  let stays = ["audience", "exclude", "inverse"].some((gate) => gates?.get(gate)?.pass === false);
  for (const { widgets } of [...batches].flat()) {
    widgets.forEach((known, index) => {
      if (known.id !== id) return;
      widgets[index] = widget;
      stays = true;
    });
  }
  return stays;
}

/** Have the SDK exchange widgets, unless another script brought it first. */
export function addReplacing() {
  if (parts.pathfora) Object.defineProperty(parts.pathfora.constructor.prototype, "replaceWidget", { value: replaceWidget });
}

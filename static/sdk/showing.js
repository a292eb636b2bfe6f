/** @import { LiveWidget, Widget } from "./types" */
import { callBack } from "./callbacks.js";
import { activeConditions } from "./conditions.js";
import { enterDialog, focusDialog } from "./dialog.js";
import { ask } from "./features.js";
import { findHost } from "./host.js";
import { claim, guarded, later, quiet } from "./live.js";
import { render } from "./render.js";
import { liveWidgets, parts } from "./state.js";
import { traceGate, traceVerdict } from "./trace.js";
import { track } from "./tracking.js";

/** From being in the page to class `opened`, in ms (widgets.md 5.9). */
const OPENING = 0;

/**
 * Show a widget whatever its conditions say, after its delay (widgets.md 1.4, 3.4). Throws when it cannot be built.
 * @param {Widget} widget
 */
export function show(widget) {
  const live = claim(widget);
  const begin = () => {
    if (typeof widget.onInit === "function") widget.onInit("widgetInitialized", { config: widget });
    // The page may have cleared it there.
    if (live.node || liveWidgets.get(widget.id) !== live) return;
    quiet(live);
    const [[condition, seconds] = []] = activeConditions(widget, "hold");
    if (condition) condition.hold(seconds, live, open);
    else open(live);
  };
  guarded(live, begin, true);
}

/**
 * Put the node into the page, in this very task (widgets.md 5.9).
 * @param {LiveWidget} live
 */
function open(live) {
  const { widget } = live;
  const [host, place] = findHost(widget);
  if (!host) {
    document.addEventListener("DOMContentLoaded", () => guarded(live, () => open(live)), { once: true });
    return;
  }
  live.node = render(live);
  host.append(live.node);
  track(widget, "show");
  ask("count", widget.id);
  traceGate(widget, "render", true, place);
  traceVerdict(widget, "shown");
  guardDialog(live);
  later(live, OPENING, () => opened(live));
  for (const [condition, value] of activeConditions(widget, "opened")) {
    const stop = condition.opened(value, live);
    if (stop) live.stops.add(stop);
  }
}

/**
 * Give a modal the keyboard.
 * @param {LiveWidget} live
 */
export function guardDialog(live) {
  if (parts.layouts.get(live.widget.layout)?.dialog) enterDialog(live);
}

/**
 * @param {LiveWidget} live
 */
function opened(live) {
  const { widget } = live;
  const node = /** @type {HTMLElement} */ (live.node);
  node.classList.add("opened");
  ask("opened", node);
  if (live.leave) focusDialog(live);
  const payload = { config: widget, widget: node };
  callBack(widget, widget.onLoad, "widgetLoaded", payload);
  if (widget.layout === "modal") callBack(widget, widget.onModalOpen, "modalOpened", payload);
}

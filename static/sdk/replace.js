/** @import { Feature, LiveWidget, Widget } from "./types" */
import { all } from "./dom.js";
import { merge } from "./initialize.js";
import { guardDialog } from "./showing.js";
import { render } from "./render.js";
import { liveWidgets, parts } from "./state.js";
import { lastEntry, traceEntries, traceVerdict } from "./trace.js";

/** Classes that say what state a widget is in, and so outlive its node. */
const STATES = ["opened", "success", "error"];

/**
 * Put a new version of a widget in the place of an open one of its id, for live editing: same place, still open, nothing tracked,
 * counted or called. A widget that its audience keeps hidden stays so. Any other is cleared and initialised.
 * @param {Widget} widget
 */
function replaceOne(widget) {
  const live = liveWidgets.get(widget.id);
  if (live?.node && !live.closing) rebuild(live, widget);
  else if (!parts.features.some((feature) => feature.replace?.(widget))) {
    parts.pathfora.clearById([widget.id]);
    parts.pathfora.initializeWidgets([widget]);
  }
}

/**
 * @param {LiveWidget} live
 * @param {Widget} widget
 */
function rebuild(live, widget) {
  const old = /** @type {HTMLElement} */ (live.node);
  const before = live.widget;
  merge(widget);
  live.widget = widget;
  try {
    const node = render(live);
    const states = STATES.filter((state) => old.classList.contains(state)).map((state) => ` ${state}`);
    node.className += states.join("");
    const focused = [old, ...all(old, "*")].indexOf(/** @type {HTMLElement} */ (document.activeElement));
    const selector = focused < 0 ? "" : pathOf(document.activeElement);
    live.node = node;
    old.replaceWith(node);
    live.leave?.(false);
    guardDialog(live);
    if (focused >= 0) refocus(node, selector);
  } catch (error) {
    live.widget = before;
    live.node = old;
    throw error;
  }
  traceEntries.set(widget.id, { widget, entry: lastEntry(widget) });
  traceVerdict(widget, "shown", "replaced in place");
}

/** @param {Element | null} node */
function pathOf(node) {
  return node ? [...node.classList].map((name) => `.${CSS.escape(name)}`).join("") : "";
}

/**
 * The control that had the focus, in its new body; else the widget itself.
 * @param {HTMLElement} node
 * @param {string} selector
 */
function refocus(node, selector) {
  const twin = /** @type {HTMLElement | null} */ (selector ? node.querySelector(selector) : null);
  (twin ?? /** @type {HTMLElement | null} */ (node.firstElementChild))?.focus({ preventScroll: true });
}

/** Live editing. @type {Feature} */
export const replacing = {
  start: () => {
    Object.defineProperty(parts.pathfora, "replaceWidget", { value: (/** @type {Widget} */ widget) => replaceOne(widget) });
  },
};

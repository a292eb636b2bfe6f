/** @import { LiveWidget, Sdk, Widget } from "./types" */
import { all } from "./dom.js";
import { merge } from "./initialize.js";
import { dismiss, guardDialog } from "./lifecycle.js";
import { render } from "./render.js";

/** Classes that say what state a widget is in, and so outlive its node. */
const STATES = ["opened", "success", "error"];

/**
 * Put a new version of a widget in the place of an open one of its id, for live editing: same place, still open, nothing tracked,
 * counted or called. A widget that its audience keeps hidden stays so. Any other is cleared and initialised.
 * @param {Sdk} sdk
 * @param {Widget} widget
 */
export function replaceOne(sdk, widget) {
  const live = sdk.live.get(widget.id);
  if (live?.node && !live.closing) rebuild(sdk, live, widget);
  else if (!swapWaiting(sdk, widget) && !keptAway(sdk, widget)) {
    sdk.pathfora.clearById([widget.id]);
    sdk.pathfora.initializeWidgets([widget]);
  }
}

/**
 * @param {Sdk} sdk
 * @param {LiveWidget} live
 * @param {Widget} widget
 */
function rebuild(sdk, live, widget) {
  const old = /** @type {HTMLElement} */ (live.node);
  const before = live.widget;
  merge(sdk, widget);
  live.widget = widget;
  try {
    const node = render(sdk, live, (gone, reason) => dismiss(sdk, gone, reason));
    const states = STATES.filter((state) => old.classList.contains(state)).map((state) => ` ${state}`);
    node.className += states.join("");
    const focused = [old, ...all(old, "*")].indexOf(/** @type {HTMLElement} */ (document.activeElement));
    const selector = focused < 0 ? "" : pathOf(document.activeElement);
    live.node = node;
    old.replaceWith(node);
    live.leave?.(false);
    guardDialog(sdk, live);
    if (focused >= 0) refocus(node, selector);
  } catch (error) {
    live.widget = before;
    live.node = old;
    throw error;
  }
  sdk.trace.entries.set(widget.id, { widget, entry: sdk.trace.current(widget) });
  sdk.trace.decide(widget, "shown", "replaced in place");
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

/**
 * A widget that waits for the tag is exchanged where it waits.
 * @param {Sdk} sdk
 * @param {Widget} widget
 */
function swapWaiting(sdk, widget) {
  let found = false;
  for (const batch of sdk.batches) {
    for (const list of [...batch.target, ...batch.exclude].map((entry) => entry.widgets).concat([batch.inverse])) {
      const index = list.findIndex(({ id }) => id === widget.id);
      if (index < 0) continue;
      list[index] = widget;
      found = true;
    }
  }
  if (found) sdk.trace.entries.set(widget.id, { widget, entry: sdk.trace.current(widget) });
  return found;
}

/**
 * @param {Sdk} sdk
 * @param {Widget} widget
 */
function keptAway(sdk, widget) {
  const known = sdk.trace.entries.get(widget.id)?.entry;
  return known?.gates.some(({ gate, pass }) => pass === false && ["audience", "exclude", "inverse"].includes(gate));
}

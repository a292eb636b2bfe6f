/** @import { LiveWidget, Sdk, Widget } from "./types" */
import { escape } from "./actions.js";
import { callBack } from "./callbacks.js";
import { activeConditions } from "./conditions.js";
import { enterDialog, focusDialog } from "./dialog.js";
import { addClass, removeClass } from "./dom.js";
import { countImpression } from "./impression_counts.js";
import { refusal, report } from "./log.js";
import { pushDown } from "./push_down.js";
import { render } from "./render.js";
import { track } from "./tracking.js";

/** From being in the page to class `opened`, and from closing to being gone, in ms (widgets.md 5.9). */
const OPENING = 50;
const CLOSING = 500;

/**
 * The live record of a widget; its id is taken from here on.
 * @param {Sdk} sdk
 * @param {Widget} widget
 * @returns {LiveWidget}
 */
export function claim(sdk, widget) {
  const known = sdk.live.get(widget.id);
  if (known) {
    if (!known.node) known.widget = widget;
    return known;
  }
  /** @type {LiveWidget} */
  const live = { widget, node: null, closing: false, stops: new Set(), poke: null, leave: null, opener: null, busy: false };
  sdk.live.set(widget.id, live);
  return live;
}

/**
 * Stop everything a widget still has under way.
 * @param {LiveWidget} live
 */
function quiet(live) {
  for (const stop of live.stops) stop();
  live.stops.clear();
  live.poke = null;
}

/**
 * Take a widget out at once and free its id.
 * @param {Sdk} sdk
 * @param {LiveWidget} live
 */
export function release(sdk, live) {
  quiet(live);
  live.leave?.(true);
  if (live.node) {
    removeClass(live.node, "opened");
    pushDown(live.widget, false);
    live.node.remove();
  }
  live.closing = true;
  sdk.live.delete(live.widget.id);
}

/**
 * Give up on a widget: its id is free again and the trace says why.
 * @param {Sdk} sdk
 * @param {LiveWidget} live
 * @param {unknown} error
 */
export function fail(sdk, live, error) {
  const { widget } = live;
  const reason = error instanceof Error ? error.message : String(error);
  release(sdk, live);
  widget.valid = false;
  sdk.trace.gate(widget, "render", { pass: false, actual: reason, reason });
  sdk.trace.decide(widget, "failed", reason);
}

/**
 * Do something for a widget later, when nobody is there to catch what it throws.
 * @param {Sdk} sdk
 * @param {LiveWidget} live
 * @param {() => void} action
 */
export function guarded(sdk, live, action) {
  if (sdk.live.get(live.widget.id) !== live) return;
  try {
    action();
  } catch (error) {
    fail(sdk, live, error);
    report(live.widget.id, error);
  }
}

/**
 * @param {Sdk} sdk
 * @param {LiveWidget} live
 * @param {number} delay ms
 * @param {() => void} action
 */
function later(sdk, live, delay, action) {
  const timer = setTimeout(() => guarded(sdk, live, action), delay);
  live.stops.add(() => clearTimeout(timer));
}

/**
 * Show a widget whatever its conditions say, after its delay (widgets.md 1.4, 3.4). Throws when it cannot be built.
 * @param {Sdk} sdk
 * @param {Widget} widget
 */
export function show(sdk, widget) {
  const live = claim(sdk, widget);
  try {
    if (typeof widget.onInit === "function") widget.onInit("widgetInitialized", { config: widget });
    if (live.node) return;
    quiet(live);
    if (!hold(sdk, live)) open(sdk, live);
  } catch (error) {
    fail(sdk, live, error);
    throw error;
  }
}

/**
 * Hold a widget back if a condition wants time; true if one does.
 * @param {Sdk} sdk
 * @param {LiveWidget} live
 */
function hold(sdk, live) {
  const { widget } = live;
  const [[condition, value] = []] = activeConditions(sdk, widget, "hold");
  if (!condition) return false;
  const stop = condition.hold(value, () => {
    sdk.trace.gate(widget, condition.name, { pass: true, actual: value, required: value, reason: "waited" });
    guarded(sdk, live, () => open(sdk, live));
  });
  live.stops.add(stop);
  sdk.trace.wait(widget, condition.name, condition.waiting?.(value));
  return true;
}

/**
 * Put the node into the page, in this very task (widgets.md 5.9).
 * @param {Sdk} sdk
 * @param {LiveWidget} live
 */
function open(sdk, live) {
  const { widget } = live;
  const selector = hostSelector(widget);
  const host = selector ? document.querySelector(selector) : document.body;
  if (!host) {
    if (document.readyState !== "loading") throw refusal(`Widget could not be initialized in ${selector}`);
    sdk.trace.wait(widget, "render", { reason: `for the document, to find ${selector || "its body"}` });
    sdk.pathfora.onDOMready(() => guarded(sdk, live, () => open(sdk, live)));
    return;
  }
  live.node = render(sdk, live, (gone, reason) => dismiss(sdk, gone, reason));
  host.append(live.node);
  track(sdk, widget, "show");
  countImpression(widget.id);
  sdk.trace.gate(widget, "render", { pass: true, actual: selector || "body", reason: "in the page" });
  sdk.trace.decide(widget, "shown", sdk.trace.because(widget));
  guardDialog(sdk, live);
  later(sdk, live, OPENING, () => opened(sdk, live));
  for (const [condition, value] of activeConditions(sdk, widget, "opened")) {
    live.stops.add(condition.opened(value, (reason) => dismiss(sdk, live, reason)));
  }
}

/** @param {Widget} widget */
function hostSelector({ positionSelector, layout, position }) {
  return positionSelector || (layout === "inline" ? position : "");
}

/**
 * Give a modal the keyboard.
 * @param {Sdk} sdk
 * @param {LiveWidget} live
 */
export function guardDialog(sdk, live) {
  if (!sdk.layouts.get(live.widget.layout)?.dialog) return;
  const locked = sdk.types.get(live.widget.type)?.locked;
  enterDialog(sdk, live, (event) => locked || escape(sdk, live, event, (gone, reason) => dismiss(sdk, gone, reason)));
}

/**
 * @param {Sdk} sdk
 * @param {LiveWidget} live
 */
function opened(sdk, live) {
  const { widget } = live;
  const node = /** @type {HTMLElement} */ (live.node);
  addClass(node, "opened");
  pushDown(widget, true);
  if (live.leave) focusDialog(live);
  callBack(sdk, widget, widget.onLoad, "widgetLoaded", { config: widget, widget: node });
  if (widget.layout === "modal") callBack(sdk, widget, widget.onModalOpen, "modalOpened", { config: widget, widget: node });
}

/**
 * Close an open widget: invisible now, gone and its id free in half a second. Tracks nothing and calls nobody.
 * @param {Sdk} sdk
 * @param {LiveWidget} live
 * @param {string} reason
 */
export function dismiss(sdk, live, reason) {
  const { node, widget } = live;
  if (!node) return;
  live.closing = true;
  quiet(live);
  live.leave?.(true);
  removeClass(node, "opened");
  pushDown(widget, false);
  later(sdk, live, CLOSING, () => release(sdk, live));
  sdk.trace.decide(widget, "closed", reason);
}

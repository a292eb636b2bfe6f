/** @import { LiveWidget, Widget } from "./types" */
import { report } from "./log.js";
import { liveWidgets } from "./state.js";
import { traceGate, traceVerdict } from "./trace.js";

/** From closing to being gone, in ms (widgets.md 5.9). */
const CLOSING = 500;

/**
 * The live record of a widget; its id is taken from here on.
 * @param {Widget} widget
 */
export function claim(widget) {
  const { id } = widget;
  /** @type {LiveWidget} */
  const live = liveWidgets.get(id) ?? { widget, stops: new Set() };
  if (!live.node) live.widget = widget;
  liveWidgets.set(id, live);
  return live;
}

/**
 * Stop everything a widget still has under way.
 * @param {LiveWidget} live
 */
export function quiet(live) {
  for (const stop of live.stops) stop();
  live.stops.clear();
  live.poke = undefined;
}

/**
 * @param {LiveWidget} live
 */
function hide(live) {
  quiet(live);
  live.leave?.(true);
  live.closing = true;
  live.node?.classList.remove("opened");
}

/**
 * Take a widget out at once and free its id.
 * @param {LiveWidget} live
 */
export function release(live) {
  hide(live);
  live.node?.remove();
  liveWidgets.delete(live.widget.id);
}

/**
 * Close an open widget: invisible now, gone and its id free in half a second. Tracks nothing and calls nobody.
 * @param {LiveWidget} live
 * @param {string} reason
 */
export function dismiss(live, reason) {
  hide(live);
  later(live, CLOSING, () => release(live));
  traceVerdict(live.widget, "closed", reason);
}

/**
 * Give up on a widget: its id is free again and the trace says why.
 * @param {LiveWidget} live
 * @param {any} error
 */
export function fail(live, error) {
  const { widget } = live;
  if (liveWidgets.get(widget.id) !== live) return;
  const reason = String(error?.message ?? error);
  release(live);
  widget.valid = false;
  traceGate(widget, "render", false, reason);
  traceVerdict(widget, "failed", reason);
}

/**
 * Do something for a widget, unless it is gone: what throws ends the widget. It is thrown on if the caller is there to catch it.
 * @param {LiveWidget} live
 * @param {() => void} action
 * @param {boolean} [calling]
 */
export function guarded(live, action, calling) {
  const { id } = live.widget;
  if (liveWidgets.get(id) !== live) return;
  try {
    action();
  } catch (error) {
    fail(live, error);
    if (calling) throw error;
    report(id, error);
  }
}

/**
 * Do something for a widget after a while, unless it is gone by then.
 * @param {LiveWidget} live
 * @param {number} delay ms
 * @param {() => void} action
 */
export function later(live, delay, action) {
  const timer = setTimeout(() => guarded(live, action), delay);
  const stop = () => clearTimeout(timer);
  live.stops.add(stop);
  return stop;
}

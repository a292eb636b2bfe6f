/** @import { Feature, LiveWidget } from "./types" */
import { activeConditions, passes } from "./conditions.js";
import { liveWidgets, parts, triggered } from "./state.js";
import { traceGate, traceWait } from "./trace.js";

/**
 * Wait for a widget's triggers, all of which must hold at the same instant (widgets.md 3.2); false when it has none. A condition
 * that this build does not have is noted and otherwise ignored, as are all keys that nobody knows.
 * @param {LiveWidget} live
 * @param {() => void} show
 */
function awaitTriggers(live, show) {
  const { widget } = live;
  for (const [name, required] of Object.entries(widget.displayConditions ?? {})) {
    if (required && !parts.conditions.has(name)) traceGate(widget, name, null, "unknown", required);
  }
  const wanted = activeConditions(widget, "watch");
  /** @param {Event} [event] */
  const poke = (event) => {
    if (!live.poke || !watches.every((met) => met(event)) || !passes(widget, true)) return;
    for (const [{ name }, required] of wanted) traceGate(widget, name, true, undefined, required);
    show();
  };
  const watches = wanted.map(([{ name, watch, check }, value]) => {
    traceWait(widget, name, check?.(value, widget)?.[1], value);
    return watch(value, live, poke);
  });
  if (!watches.length) return false;
  live.poke = poke;
  poke();
  return true;
}

/**
 * Pull the trigger of some widgets, or of all, now and later (widgets.md 3.12).
 * @param {string[]} [ids]
 */
function triggerWidgets(ids) {
  if (ids) ids.forEach((id) => triggered.ids.add(id));
  else triggered.all = true;
  for (const { poke } of [...liveWidgets.values()]) poke?.();
}

/** Widgets that wait for something to happen on the page. @type {Feature} */
export const triggering = {
  api: () => ({ triggerWidgets }),
  wait: awaitTriggers,
  clear: (id) => {
    if (id) triggered.ids.delete(id);
    else {
      triggered.all = false;
      triggered.ids.clear();
    }
  },
};

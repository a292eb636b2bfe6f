/** @import { LiveWidget } from "./types" */
import { activeConditions } from "./conditions.js";
import { parts } from "./state.js";
import { traceGate, traceWait } from "./trace.js";

/**
 * Wait for a widget's triggers, all of which must hold at the same instant (widgets.md 3.2); false when it has none. A condition
 * that this build does not have is noted and otherwise ignored, as are all keys that nobody knows.
 * @param {LiveWidget} live
 * @param {() => void} show
 */
export function awaitTriggers(live, show) {
  const { widget } = live;
  for (const [name, required] of Object.entries(widget.displayConditions ?? {})) {
    if (required && !parts.conditions.has(name)) traceGate(widget, name, null, "unknown", required);
  }
  const wanted = activeConditions(widget, "watch");
  /** @param {Event} [event] */
  const poke = (event) => {
    if (!live.poke || !watches.every((met) => met(event)) || !passesAgain(live)) return;
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
 * Ask again, at the moment of the trigger, the conditions that want it.
 * @param {LiveWidget} live
 */
function passesAgain({ widget }) {
  return activeConditions(widget, "check").every(([{ name, again, check }, value]) => {
    const answer = again && check(value, widget);
    if (answer) traceGate(widget, name, answer[0], answer[1], answer[3] ?? value, answer[2]);
    return !answer || answer[0];
  });
}

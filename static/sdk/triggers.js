/** @import { LiveWidget, Watch } from "./types" */
import { activeConditions } from "./conditions.js";
import { parts } from "./state.js";
import { traceGate, traceWait } from "./trace.js";

/** Triggers of the vendor's SDK: a build without one of them holds its widgets back, rather than show them untriggered. */
const TRIGGER = /^(showOnExitIntent|displayWhenElementVisible|scrollPercentageToDisplay|manualTrigger)$/;

/**
 * Note the conditions that this build does not have; true when one of them is a trigger to wait for.
 * @param {LiveWidget} live
 */
function lacksTrigger({ widget }) {
  let lacks = false;
  for (const [name, required] of Object.entries(widget.displayConditions ?? {})) {
    if (!required || parts.conditions.has(name)) continue;
    if (TRIGGER.test(name)) {
      lacks = true;
      traceWait(widget, name, "missing in this build", required);
    } else traceGate(widget, name, null, "unknown", required);
  }
  return lacks;
}

/**
 * Wait for a widget's triggers, all of which must hold at the same instant (widgets.md 3.2); false when it has none.
 * @param {LiveWidget} live
 * @param {() => void} show
 */
export function awaitTriggers(live, show) {
  const { widget } = live;
  if (lacksTrigger(live)) return true;
  const wanted = activeConditions(widget, "watch");
  if (!wanted.length) return false;
  /** @type {Watch[]} */
  const watches = [];
  /** @param {Event} [event] */
  const poke = (event) => {
    if (!live.poke || !watches.every((watch) => watch.met(event)) || !passesAgain(live)) return;
    for (const [{ name }, required] of wanted) traceGate(widget, name, true, undefined, required);
    show();
  };
  live.poke = poke;
  live.stops.add(() => watches.forEach((watch) => watch.stop()));
  for (const [{ name, watch }, value] of wanted) {
    watches.push(watch(value, widget, poke));
    traceWait(widget, name, undefined, value);
  }
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
    if (answer) traceGate(widget, name, answer[0], answer[1], value, answer[2]);
    return !answer || answer[0];
  });
}

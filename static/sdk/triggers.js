/** @import { LiveWidget, Sdk, Watch } from "./types" */

import { activeConditions } from "./conditions.js";

/** Triggers of the vendor's SDK: a build without one of them holds its widgets back, rather than show them untriggered. */
const TRIGGERS = ["showOnExitIntent", "displayWhenElementVisible", "scrollPercentageToDisplay", "manualTrigger"];

/**
 * Note the conditions that this build does not have; true when one of them is a trigger to wait for.
 * @param {Sdk} sdk
 * @param {LiveWidget} live
 */
export function lacksTrigger(sdk, { widget }) {
  let lacks = false;
  for (const [name, required] of Object.entries(widget.displayConditions ?? {})) {
    if (!required || sdk.conditions.has(name)) continue;
    const trigger = TRIGGERS.includes(name);
    const reason = `${name} is not in this build, ${trigger ? "so the widget stays hidden" : "and was ignored"}`;
    if (trigger) sdk.trace.wait(widget, name, { required, reason });
    else sdk.trace.gate(widget, name, { pass: null, required, reason });
    lacks ||= trigger;
  }
  return lacks;
}

/**
 * Wait for a widget's triggers, all of which must hold at the same instant (widgets.md 3.2); false when it has none.
 * @param {Sdk} sdk
 * @param {LiveWidget} live
 * @param {() => void} show
 */
export function awaitTriggers(sdk, live, show) {
  const { widget } = live;
  const wanted = activeConditions(sdk, widget, "watch");
  if (!wanted.length) return false;
  /** @type {Watch[]} */
  const watches = [];
  /** @param {Event} [event] */
  const poke = (event) => {
    if (!live.poke || !watches.every((watch) => watch.met(event)) || !passesAgain(sdk, live)) return;
    for (const [{ name }, required] of wanted) sdk.trace.gate(widget, name, { pass: true, required, reason: "triggered" });
    show();
  };
  live.poke = poke;
  live.stops.add(() => watches.forEach((watch) => watch.stop()));
  for (const [{ name, watch, waiting }, value] of wanted) {
    watches.push(watch(value, widget, sdk, poke));
    sdk.trace.wait(widget, name, waiting?.(value));
  }
  poke();
  return true;
}

/**
 * Ask again, at the moment of the trigger, the conditions that want it.
 * @param {Sdk} sdk
 * @param {LiveWidget} live
 */
function passesAgain(sdk, { widget }) {
  return activeConditions(sdk, widget, "check").every(([{ name, again, check }, value]) => {
    if (!again) return true;
    const result = check(value, widget);
    sdk.trace.gate(widget, name, result);
    return result.pass;
  });
}

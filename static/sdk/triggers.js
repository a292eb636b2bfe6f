/** @import { LiveWidget, Sdk, Watch } from "./types" */

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
    sdk.trace.gate(widget, name, { pass: null, required, reason });
    if (trigger) sdk.trace.decide(widget, "waiting", reason);
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
  const wanted = [...sdk.conditions.values()].filter(({ name, watch }) => watch && widget.displayConditions?.[name]);
  if (!wanted.length) return false;
  /** @type {Watch[]} */
  const watches = [];
  /** @param {Event} [event] */
  const poke = (event) => {
    if (!live.poke || !watches.every((watch) => watch.met(event)) || !passesAgain(sdk, live)) return;
    for (const { name } of wanted) sdk.trace.gate(widget, name, { pass: true, required: widget.displayConditions[name], reason: "triggered" });
    show();
  };
  live.poke = poke;
  live.stops.add(() => watches.forEach((watch) => watch.stop()));
  for (const { name, watch, waiting } of wanted) {
    const value = widget.displayConditions[name];
    if (watch) watches.push(watch(value, widget, sdk, poke));
    const gate = waiting?.(value) ?? { pass: null, required: value, reason: `for ${name}` };
    sdk.trace.gate(widget, name, gate);
    sdk.trace.decide(widget, "waiting", gate.reason);
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
  return [...sdk.conditions.values()].every(({ name, again, check }) => {
    const value = widget.displayConditions[name];
    if (!again || !check || !value) return true;
    const result = check(value, widget);
    sdk.trace.gate(widget, name, result);
    return result.pass;
  });
}

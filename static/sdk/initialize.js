/** @import { Sdk, Widget } from "./types" */
import { activeConditions } from "./conditions.js";
import { claim, fail, guarded, release, show } from "./lifecycle.js";
import { isRefusal, refusal, report } from "./log.js";
import { updateObject } from "./objects.js";
import { preparePushDown } from "./push_down.js";
import { awaitTriggers, lacksTrigger } from "./triggers.js";

/**
 * Lay defaults and configuration onto the widget object itself (widgets.md 2.1).
 * @param {Sdk} sdk
 * @param {Widget} widget
 */
export function merge(sdk, widget) {
  for (const layer of [sdk.defaults.generic, sdk.defaults[widget.type], widget.config]) updateObject(widget, layer ?? {});
}

/**
 * Take a widget's id and merge it; throws when the id is taken or the configuration cannot be read.
 * @param {Sdk} sdk
 * @param {Widget} widget
 */
function prepare(sdk, widget) {
  refuseDuplicate(sdk, widget);
  const live = claim(sdk, widget);
  try {
    merge(sdk, widget);
  } catch (error) {
    fail(sdk, live, error);
    throw error;
  }
}

/**
 * Ask the conditions in their order; after one fails, the rest are not asked (asking some of them writes).
 * @param {Sdk} sdk
 * @param {Widget} widget
 */
function passes(sdk, widget) {
  const own = sdk.types.get(widget.type)?.check?.(widget);
  if (own) sdk.trace.gate(widget, "unlocked", own);
  let reason = own?.pass === false ? own.reason : "";
  for (const [{ name, check }, value] of activeConditions(sdk, widget, "check")) {
    const result = reason
      ? { pass: null, required: value, reason: "not asked, as an earlier gate failed" }
      : check(value, widget);
    sdk.trace.gate(widget, name, result);
    if (result.pass === false) reason = result.reason;
  }
  if (reason) sdk.trace.decide(widget, "hidden", reason);
  return !reason;
}

/**
 * Decide on a merged widget, and show it or wait for its triggers (widgets.md 3.1). Throws when it cannot be shown.
 * @param {Sdk} sdk
 * @param {Widget} widget
 */
export function initializeOne(sdk, widget) {
  const live = claim(sdk, widget);
  try {
    sdk.trace.entry(widget);
    preparePushDown(widget);
    widget.valid = passes(sdk, widget);
    if (!widget.valid) release(sdk, live);
    else if (!lacksTrigger(sdk, live) && !awaitTriggers(sdk, live, () => guarded(sdk, live, () => show(sdk, widget)))) {
      show(sdk, widget);
    }
  } catch (error) {
    if (sdk.live.has(widget.id)) fail(sdk, live, error);
    throw error;
  }
}

/**
 * Initialise widgets, each by itself: one that fails stops no other. Under `ordered` priority the first that takes the slot is the
 * last to be asked (widgets.md 3.14).
 * @param {Sdk} sdk
 * @param {Widget[]} widgets
 * @param {{priority?: string} | null | undefined} options
 */
export function initializeArray(sdk, widgets, options) {
  /** @type {[Widget, unknown][]} */
  const errors = [];
  let winner = "";
  for (const widget of widgets) {
    if (winner) {
      sdk.trace.hide(widget, "priority", { actual: winner, required: widget.id, reason: `"${winner}" comes first` });
      continue;
    }
    try {
      prepare(sdk, widget);
      sdk.pathfora.initializeWidget(widget, options);
      if (options?.priority === "ordered" && sdk.live.has(widget.id)) winner = widget.id;
    } catch (error) {
      errors.push([widget, error]);
    }
  }
  settle(errors);
}

/**
 * Throw the first error that the contract words, and report every other one.
 * @param {[Widget, unknown][]} errors
 */
function settle(errors) {
  const thrown = errors.find(([, error]) => isRefusal(error));
  for (const line of errors) if (line !== thrown) report(line[0]?.id, line[1]);
  if (thrown) throw thrown[1];
}

/**
 * @param {Sdk} sdk
 * @param {Widget} widget
 */
function refuseDuplicate(sdk, widget) {
  const other = sdk.live.get(widget.id);
  if (!other) return;
  const error = refusal("Cannot add two widgets with the same id");
  if (other.widget !== widget) {
    const key = `${widget.id} (again)`;
    const gate = { gate: "duplicate", pass: false, actual: widget.id, required: "an id of its own", reason: error.message };
    sdk.trace.entry(widget, key).gates = [gate];
    sdk.trace.decide(widget, "failed", error.message, key);
  }
  throw error;
}

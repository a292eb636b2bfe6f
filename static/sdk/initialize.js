/** @import { Widget } from "./types" */
import { activeConditions } from "./conditions.js";
import { claim, fail, guarded, release } from "./live.js";
import { isRefusal, refusal, report } from "./log.js";
import { updateObject } from "./objects.js";
import { show } from "./showing.js";
import { defaults, liveWidgets, parts, session } from "./state.js";
import { traceEntry, traceGate, traceVerdict } from "./trace.js";
import { awaitTriggers } from "./triggers.js";

/**
 * Lay defaults and configuration onto the widget object itself (widgets.md 2.1).
 * @param {Widget} widget
 */
export function merge(widget) {
  for (const layer of [defaults.generic, defaults[widget.type], widget.config]) updateObject(widget, layer ?? {});
}

/**
 * Take a widget's id, merge it and fetch what it needs; throws when the id is taken or the configuration cannot be used.
 * `done` follows when all is there, also when getting it failed later; it never follows after `clearAll`.
 * @param {Widget} widget
 * @param {() => void} done
 */
function prepare(widget, done) {
  const { id } = widget;
  const { round } = session;
  refuseDuplicate(widget);
  const live = claim(widget);
  let calling = true;
  /** @type {Iterator<any> | undefined} */
  let steps;
  /** @param {unknown} [error] */
  const next = (error) => {
    if (session.round !== round) return;
    try {
      if (error) throw error;
      if (!steps) merge(widget);
      steps ??= activeConditions(widget, "prepare").values();
      const step = liveWidgets.get(id) === live && steps.next().value;
      if (step) return void step[0].prepare(live, next);
    } catch (thrown) {
      fail(live, thrown);
      if (calling) throw thrown;
      report(id, thrown);
    }
    done();
  };
  next();
  calling = false;
}

/**
 * @param {Widget} widget
 */
function refuseDuplicate(widget) {
  const { id } = widget;
  const other = liveWidgets.get(id);
  if (!other) return;
  const error = refusal("Cannot add two widgets with the same id");
  if (other.widget !== widget) {
    const again = { ...widget, id: `${id} (again)` };
    traceGate(again, "duplicate", false, id);
    traceVerdict(again, "failed", error.message);
  }
  throw error;
}

/**
 * Ask the conditions in their order; after one fails, the rest are not asked (asking some of them writes).
 * @param {Widget} widget
 */
function passes(widget) {
  let pass = true;
  for (const [{ name, check }, required] of activeConditions(widget, "check")) {
    const answer = pass ? check(required, widget) : required && [null];
    if (!answer) continue;
    traceGate(widget, name, answer[0], answer[1], answer[3] ?? required, answer[2]);
    if (answer[0] === false) pass = false;
  }
  if (!pass) traceVerdict(widget, "hidden");
  return pass;
}

/**
 * Decide on a merged widget, and show it or wait for its triggers (widgets.md 3.1). Throws when it cannot be shown.
 * @param {Widget} widget
 */
export function initializeOne(widget) {
  const live = claim(widget);
  try {
    traceEntry(widget);
    widget.valid = passes(widget);
    if (!widget.valid) release(live);
    else if (!awaitTriggers(live, () => guarded(live, () => show(widget)))) show(widget);
  } catch (error) {
    fail(live, error);
    throw error;
  }
}

/**
 * Initialise widgets, each by itself: one that fails stops no other. The first error that the contract words is thrown in the end, every
 * other one is reported. Under `ordered` priority each waits until the one before is decided, and the first that takes the slot is the
 * last to be asked (widgets.md 3.14).
 * @param {Widget[]} widgets
 * @param {{priority?: string} | null} [options]
 */
export function initializeArray(widgets, options) {
  const ordered = options?.priority === "ordered";
  let winner = "";
  let calling = true;
  /** @type {unknown} */
  let refused;
  /** @param {Widget} widget @param {() => void} action */
  const fails = (widget, action) => {
    try {
      action();
      return false;
    } catch (error) {
      if (calling && !refused && isRefusal(error)) refused = error;
      else report(widget?.id, error);
      return true;
    }
  };
  /** @param {Widget | undefined} widget @param {number} index */
  const run = (widget, index) => {
    const next = () => {
      if (ordered && ++index < widgets.length) run(widgets[index], index);
    };
    const known = /** @type {Widget} */ (widget);
    if (winner) {
      traceGate(known, "priority", false, winner, known.id);
      traceVerdict(known, "hidden");
      next();
    } else if (fails(known, () => prepare(known, () => decide(known, next)))) next();
  };
  /** @param {Widget} widget @param {() => void} next */
  const decide = (widget, next) => {
    if (liveWidgets.has(widget.id)) fails(widget, () => parts.pathfora.initializeWidget(widget, options));
    if (ordered && liveWidgets.has(widget.id)) winner = widget.id;
    next();
  };
  widgets.slice(0, ordered ? 1 : undefined).forEach(run);
  calling = false;
  if (refused) throw refused;
}

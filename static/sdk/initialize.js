/** @import { Widget } from "./types" */
import { activeConditions } from "./conditions.js";
import { claim, fail, guarded, release } from "./live.js";
import { isRefusal, refusal, report } from "./log.js";
import { updateObject } from "./objects.js";
import { show } from "./showing.js";
import { defaults, liveWidgets, parts, session } from "./state.js";
import { traceEntry, traceGate, traceHidden, traceVerdict } from "./trace.js";
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
  /** @type {IterableIterator<any> | undefined} */
  let steps;
  let calling = true;
  /** @param {unknown} [error] */
  const next = (error) => {
    if (session.round !== round) return;
    try {
      if (error) throw error;
      if (!steps) merge(widget);
      steps ??= activeConditions(widget, "prepare").values();
      const step = liveWidgets.get(id) === live && steps.next().value;
      if (step) {
        step[0].prepare(live, next);
        return;
      }
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
  if (!pass) traceHidden(widget);
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
 * Initialise widgets, each by itself: one that fails stops no other. Under `ordered` priority each waits until the one before is
 * decided, and the first that takes the slot is the last to be asked (widgets.md 3.14).
 * @param {Widget[]} widgets
 * @param {{priority?: string} | null} [options]
 */
export function initializeArray(widgets, options) {
  const ordered = options?.priority === "ordered";
  /** @type {[Widget, unknown][]} */
  const errors = [];
  let winner = "";
  let calling = true;
  /** @param {Widget} widget @param {() => void} action */
  const fails = (widget, action) => {
    try {
      action();
      return false;
    } catch (error) {
      if (calling) errors.push([widget, error]);
      else report(widget.id, error);
      return true;
    }
  };
  /** @param {number} index */
  const run = (index) => {
    if (index >= widgets.length) return;
    const widget = /** @type {Widget} */ (widgets[index]);
    const decide = () => {
      const { id } = widget;
      if (liveWidgets.has(id)) fails(widget, () => parts.pathfora.initializeWidget(widget, options));
      if (!ordered) return;
      if (liveWidgets.has(id)) winner = id;
      run(index + 1);
    };
    if (winner) {
      traceGate(widget, "priority", false, winner, widget.id);
      traceHidden(widget);
      run(index + 1);
    } else if (fails(widget, () => prepare(widget, decide)) && ordered) run(index + 1);
  };
  if (ordered) run(0);
  else widgets.forEach((_, index) => run(index));
  calling = false;
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
 * @param {Widget} widget
 */
function refuseDuplicate(widget) {
  const { id } = widget;
  const other = liveWidgets.get(id);
  if (!other) return;
  const error = refusal("Cannot add two widgets with the same id");
  if (other.widget !== widget) {
    const key = `${id} (again)`;
    traceEntry(widget, key).gates = [{ gate: "duplicate", pass: false, actual: id }];
    traceVerdict(widget, "failed", error.message, key);
  }
  throw error;
}

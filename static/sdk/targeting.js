/** @import { Batch, Feature, Widget } from "./types" */
import { refusal, report } from "./log.js";
import { batches, dependencies, liveWidgets, parts } from "./state.js";
import { traceEntry, traceGate, traceVerdict, traceWait } from "./trace.js";
import { requireAccount, visitorSegments, whenVisitorKnown } from "./visitor.js";

const SPECIFIED = "widgets should have segment";

/**
 * Initialise widgets by audience (widgets.md 4.1): those for everyone now, the others when the tag knows the visitor. Throws on entries
 * that say too little or too much.
 * @param {any} targeting
 * @param {any} options
 */
function initializeTargetedWidgets({ common = [], target, exclude, inverse = [] }, options) {
  const everyone = [...common];
  const exclusions = exclude ?? [];
  const excluded = exclusions.flatMap((/** @type {any} */ { widgets }) => widgets);
  /** @type {Batch} */
  const batch = [];
  for (const { segment, rule, widgets } of target ?? []) {
    validate(segment, rule);
    /** @type {Widget[]} */
    const waits = [];
    // A widget for everyone but some has to wait until the tag knows whether the visitor is one of them.
    for (const widget of widgets) (segment === "*" && !excluded.includes(widget) ? everyone : waits).push(widget);
    if (waits[0]) batch.push({ gate: "audience", segment, rule, widgets: waits });
  }
  for (const { segment, widgets } of exclusions) {
    if (!segment) throw refusal(`All excluded ${SPECIFIED} specified`);
    batch.push({ gate: "exclude", segment, widgets: [...widgets] });
  }
  noteDependencies(batch, inverse);
  batch.push({ gate: "inverse", widgets: [...inverse] });
  try {
    if (everyone.length) parts.pathfora.initializeWidgetArray(everyone, options);
  } finally {
    if (target || exclude) awaitVisitor(batch, options);
  }
}

/**
 * An aim has a segment or a rule.
 * @param {unknown} segment
 * @param {unknown} rule
 */
function validate(segment, rule) {
  if (segment && rule) throw refusal("Widget cannot have both segment and rule function specified");
  if (!segment && !rule) throw refusal(`All targeted ${SPECIFIED} or rule function specified`);
}

/**
 * Write down what the entries look at.
 * @param {Batch} batch
 * @param {Widget[]} inverse
 */
function noteDependencies(batch, inverse) {
  for (const { segment, rule, widgets } of batch) {
    for (const { id } of [...widgets, ...inverse]) {
      const known = (dependencies[id] ??= {});
      known.segment = [...new Set([...(known.segment ?? []), segment])];
      if (rule) known.entityField = ["*"];
    }
  }
}

/**
 * What a batch may show.
 * @param {Batch} batch
 */
function shownBy(batch) {
  return [...new Set(batch.flatMap(({ gate, widgets }) => (gate === "exclude" ? [] : widgets)))];
}

/**
 * @param {Batch} batch
 * @param {any} options
 */
function awaitVisitor(batch, options) {
  const { pathfora } = parts;
  let calling = true;
  batches.add(batch);
  /** @param {string} found */
  const wait = (found) => {
    for (const widget of batches.has(batch) ? shownBy(batch) : []) {
      if (liveWidgets.has(widget.id)) continue;
      traceEntry(widget);
      traceWait(widget, "profile", found);
    }
  };
  wait("not known yet");
  const decide = (/** @type {any} */ fields) => {
    if (!batches.delete(batch)) return;
    try {
      requireAccount(pathfora);
      const due = choose(batch, fields);
      if (due.length) parts.pathfora.initializeWidgetArray(due, options);
    } catch (error) {
      // Later the caller is the tag, which the error does not concern.
      if (calling) throw error;
      report(shownBy(batch).map(({ id }) => id).join(), error);
    }
  };
  whenVisitorKnown(pathfora, decide, wait);
  calling = false;
}

/**
 * The widgets of a batch that are for this visitor. One entry that fits is enough for a widget named in several.
 * @param {Batch} batch
 * @param {any} fields the visitor's; undefined when the tag did not tell
 */
function choose(batch, fields) {
  const segments = visitorSegments();
  /** @type {Set<Widget>} */
  const chosen = new Set();
  const all = shownBy(batch);
  for (const widget of all) traceGate(widget, "profile", true);
  for (const { gate, segment, rule, widgets } of batch) {
    const excludes = gate === "exclude";
    const [found, actual] = fits(segment, rule, segments, fields) ?? [!chosen.size, [...chosen].map(({ id }) => id)];
    // An exclusion concerns those chosen so far; any other entry those not chosen yet.
    for (const widget of widgets.filter((one) => chosen.has(one) === excludes)) {
      traceGate(widget, gate, found !== excludes, actual, excludes ? `not ${segment}` : (segment ?? rule?.name));
      if (excludes !== found) chosen.add(widget);
      else chosen.delete(widget);
    }
  }
  for (const widget of all) if (!chosen.has(widget) && !liveWidgets.has(widget.id)) traceVerdict(widget, "hidden");
  return [...chosen];
}

/**
 * Whether an entry is about this visitor, and what was found; nothing for an entry that asks for neither segment nor rule.
 * @param {string | undefined} segment
 * @param {((data: any) => boolean) | undefined} rule
 * @param {string[]} segments
 * @param {any} fields
 * @returns {[boolean, unknown] | undefined}
 */
function fits(segment, rule, segments, fields) {
  if (segment) return [segment === "*" || segments.includes(segment), segments];
  if (!rule) return;
  try {
    const pass = fields !== undefined && Boolean(rule(fields));
    return [pass, pass];
  } catch (error) {
    return [false, String(error)];
  }
}

/** Widgets for some visitors. @type {Feature} */
export const targeting = {
  api: () => ({ initializeTargetedWidgets }),
  clear: (id) => {
    if (!id) batches.clear();
    for (const entry of [...batches].flat()) entry.widgets = entry.widgets.filter((widget) => widget.id !== id);
  },
};

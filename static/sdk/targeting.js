/** @import { Batch, Feature, Widget } from "./types" */
import { refusal, report } from "./log.js";
import { batches, dependencies, liveWidgets, parts } from "./state.js";
import { lastEntry, traceEntries, traceEntry, traceGate, traceHidden, traceWait } from "./trace.js";
import { hasTag, requireAccount, visitorSegments, whenVisitorKnown } from "./visitor.js";

/**
 * Throw on entries that say too little or too much (widgets.md 4.1).
 * @param {any} targeting
 */
function validate({ target = [], exclude = [] }) {
  for (const { segment, rule } of target) {
    if (!segment && !rule) throw refusal("All targeted widgets should have segment or rule function specified");
    if (segment && rule) throw refusal("Widget cannot have both segment and rule function specified");
  }
  for (const { segment } of exclude) if (!segment) throw refusal("All excluded widgets should have segment specified");
}

/**
 * Initialise widgets by audience (widgets.md 4.1): those for everyone now, the others when the tag knows the visitor.
 * @param {any} targeting
 * @param {any} options
 */
function initializeTargeted(targeting, options) {
  validate(targeting);
  const { target = [], exclude = [], inverse = [] } = /** @type {Batch} */ (targeting);
  const common = [...(targeting.common ?? [])];
  /** @type {Batch} */
  const batch = { target: [], exclude: copy(exclude), inverse: [...inverse] };
  for (const entry of copy(target)) {
    // A widget for everyone but some has to wait until the tag knows whether the visitor is one of them.
    const waits = entry.widgets.filter(
      (widget) => entry.segment !== "*" || exclude.some(({ widgets }) => widgets.includes(widget)),
    );
    common.push(...entry.widgets.filter((widget) => !waits.includes(widget)));
    if (waits.length) batch.target.push({ ...entry, widgets: waits });
  }
  rememberDependencies(batch);
  try {
    if (common.length) parts.pathfora.initializeWidgetArray(common, options);
  } finally {
    if (targeting.target || targeting.exclude) awaitVisitor(batch, options);
  }
}

/**
 * @template {{widgets: Widget[]}} T
 * @param {T[]} entries
 * @returns {T[]}
 */
function copy(entries) {
  return entries.map((entry) => ({ ...entry, widgets: [...entry.widgets] }));
}

/**
 * Every list of widgets in a batch.
 * @param {Batch} batch
 */
function listsOf({ target, exclude, inverse }) {
  return [...[...target, ...exclude].map(({ widgets }) => widgets), inverse];
}

/** @param {Batch} batch */
function shownBy({ target, inverse }) {
  return [...new Set([...target.flatMap(({ widgets }) => widgets), ...inverse])];
}

/**
 * @param {Batch} batch
 * @param {any} options
 */
function awaitVisitor(batch, options) {
  const { pathfora } = parts;
  batches.add(batch);
  /** @param {string} found */
  const wait = (found) => {
    for (const widget of batches.has(batch) ? shownBy(batch) : []) {
      if (liveWidgets.has(widget.id)) continue;
      traceEntry(widget);
      traceWait(widget, "profile", found);
    }
  };
  wait(hasTag() ? "not known yet" : "not known: no tag on this page yet");
  let calling = true;
  const decide = (/** @type {any} */ fields) => {
    if (!batches.delete(batch)) return;
    try {
      requireAccount(pathfora);
      decideAudience(batch, fields, options);
    } catch (error) {
      // Later the caller is the tag, which the error does not concern.
      if (calling) throw error;
      report(shownBy(batch).map(({ id }) => id).join(", "), error);
    }
  };
  whenVisitorKnown(pathfora, decide, () => wait("not known: the tag answered without one"));
  calling = false;
}

/**
 * @param {Batch} batch
 * @param {any} fields the visitor's; undefined when the tag did not tell
 * @param {any} options
 */
function decideAudience(batch, fields, options) {
  const all = shownBy(batch);
  const segments = visitorSegments();
  /** @type {Set<Widget>} */
  const chosen = new Set();
  for (const widget of all) traceGate(widget, "profile", true);
  for (const { segment, rule, widgets } of batch.target) {
    const [pass, actual] = rule ? askRule(rule, fields) : [segment === "*" || segments.includes(segment), segments];
    for (const widget of widgets) {
      // One entry that fits is enough for a widget named in several.
      if (!chosen.has(widget)) traceGate(widget, "audience", pass, actual, segment ?? "rule");
      if (pass) chosen.add(widget);
    }
  }
  for (const { segment, widgets } of batch.exclude) {
    const excluded = segment === "*" || segments.includes(segment);
    for (const widget of widgets.filter((one) => chosen.has(one))) {
      traceGate(widget, "exclude", !excluded, segments, `not ${segment}`);
      if (excluded) chosen.delete(widget);
    }
  }
  const ids = [...chosen].map(({ id }) => id);
  for (const widget of batch.inverse) traceGate(widget, "inverse", !ids.length, ids, []);
  const due = ids.length ? [...chosen] : batch.inverse;
  for (const widget of all) if (!due.includes(widget) && !liveWidgets.has(widget.id)) traceHidden(widget);
  if (due.length) parts.pathfora.initializeWidgetArray(due, options);
}

/**
 * @param {(data: any) => boolean} rule
 * @param {any} fields
 * @returns {[boolean, unknown]}
 */
function askRule(rule, fields) {
  try {
    const pass = fields !== undefined && Boolean(rule(fields));
    return [pass, pass];
  } catch (error) {
    return [false, String(error)];
  }
}

/**
 * What each widget's audience is decided on (widgets.md 1.3): its entries' segments; of an inverse widget, all segments.
 * @param {Batch} batch
 */
function rememberDependencies({ target, exclude, inverse }) {
  for (const { segment, rule, widgets } of [...target, ...exclude.map((entry) => ({ rule: undefined, ...entry }))]) {
    for (const { id } of [...widgets, ...inverse]) {
      const known = (dependencies[id] ??= {});
      known.segment = [...new Set([...(known.segment ?? []), segment])];
      if (rule) known.entityField = ["*"];
    }
  }
}

/** Widgets for some visitors. @type {Feature} */
export const targeting = {
  api: () => ({
    initializeTargetedWidgets: (/** @type {any} */ groups, /** @type {any} */ options) => initializeTargeted(groups, options),
  }),
  clear: (id) => {
    if (id === undefined) batches.clear();
    for (const list of [...batches].flatMap(listsOf)) {
      const kept = list.filter((widget) => widget.id !== id);
      list.splice(0, list.length, ...kept);
    }
  },
  // A widget that waits for the tag is exchanged where it waits; one that its audience keeps hidden stays so.
  replace: (widget) => {
    const { id } = widget;
    let waits = false;
    for (const list of [...batches].flatMap(listsOf)) {
      const index = list.findIndex((known) => known.id === id);
      if (index < 0) continue;
      list[index] = widget;
      waits = true;
    }
    if (waits) traceEntries.set(id, { widget, entry: lastEntry(widget) });
    const gates = traceEntries.get(id)?.entry.gates ?? [];
    return waits || gates.some(({ gate, pass }) => pass === false && /^(audience|exclude|inverse)$/.test(gate));
  },
};

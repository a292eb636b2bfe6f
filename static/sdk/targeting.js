/** @import { Batch, Sdk, Widget } from "./types" */
import { refusal, report } from "./log.js";
import { hasTag, requireAccount, visitorSegments } from "./visitor.js";

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
 * @param {Sdk} sdk
 * @param {any} targeting
 * @param {any} options
 */
export function initializeTargeted(sdk, targeting, options) {
  validate(targeting);
  const { target = [], exclude = [], inverse = [] } = /** @type {Batch} */ (targeting);
  const excluded = new Set(exclude.flatMap((entry) => entry.widgets));
  /** @type {Widget[]} */
  const common = [...(targeting.common ?? [])];
  /** @type {Batch} */
  const batch = { target: [], exclude: copy(exclude), inverse: [...inverse] };
  for (const entry of copy(target)) {
    const everyone = entry.segment === "*";
    // A widget for everyone but some has to wait until the tag knows whether the visitor is one of them.
    const waits = entry.widgets.filter((widget) => !everyone || excluded.has(widget));
    common.push(...entry.widgets.filter((widget) => !waits.includes(widget)));
    if (waits.length) batch.target.push({ ...entry, widgets: waits });
  }
  rememberDependencies(sdk, batch);
  try {
    if (common.length) sdk.pathfora.initializeWidgetArray(common, options);
  } finally {
    if (targeting.target || targeting.exclude) awaitVisitor(sdk, batch, options);
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

/** @param {Batch} batch */
export function widgetsOf(batch) {
  return [...new Set([...batch.target.flatMap((entry) => entry.widgets), ...batch.inverse])];
}

/**
 * @param {Sdk} sdk
 * @param {Batch} batch
 * @param {any} options
 */
function awaitVisitor(sdk, batch, options) {
  sdk.batches.add(batch);
  /** @param {string} reason */
  const wait = (reason) => {
    for (const widget of sdk.batches.has(batch) ? widgetsOf(batch) : []) {
      if (sdk.live.has(widget.id)) continue;
      sdk.trace.entry(widget);
      sdk.trace.wait(widget, "profile", { reason });
    }
  };
  wait(hasTag() ? "for the tag to know the visitor" : "for a tag, there is none on this page yet");
  let calling = true;
  const decide = (/** @type {any} */ fields) => {
    if (!sdk.batches.delete(batch)) return;
    try {
      requireAccount(sdk.pathfora);
      decideAudience(sdk, batch, fields, options);
    } catch (error) {
      // Later the caller is the tag, which the error does not concern.
      if (calling) throw error;
      report(widgetsOf(batch).map(({ id }) => id).join(", "), error);
    }
  };
  sdk.pathfora.addCallback(decide, () => wait("for a profile: the tag answered without one"));
  calling = false;
}

/**
 * @param {Sdk} sdk
 * @param {Batch} batch
 * @param {any} fields the visitor's; undefined when the tag did not tell
 * @param {any} options
 */
function decideAudience(sdk, batch, fields, options) {
  const segments = visitorSegments();
  for (const widget of widgetsOf(batch)) sdk.trace.gate(widget, "profile", { pass: true, reason: "the visitor is known" });
  const chosen = new Set(batch.target.flatMap((entry) => (applies(sdk, entry, segments, fields) ? entry.widgets : [])));
  for (const { segment, widgets } of batch.exclude) {
    const [excluded, found] = isIn(segment, segments);
    const reason = `${found}, which is excluded`;
    for (const widget of widgets.filter((one) => chosen.has(one))) {
      sdk.trace.gate(widget, "exclude", { pass: !excluded, actual: segments, required: segment, reason });
      if (excluded) chosen.delete(widget);
    }
  }
  const pass = chosen.size === 0;
  const reason = pass ? "no targeted widget applies" : "a targeted widget applies";
  for (const widget of batch.inverse) {
    sdk.trace.gate(widget, "inverse", { pass, actual: [...chosen].map(({ id }) => id), required: [], reason });
  }
  const due = pass ? batch.inverse : [...chosen];
  for (const widget of widgetsOf(batch)) if (!due.includes(widget)) hide(sdk, widget);
  if (due.length) sdk.pathfora.initializeWidgetArray(due, options);
}

/**
 * Hidden for the reason of its last gate that failed.
 * @param {Sdk} sdk
 * @param {Widget} widget
 */
function hide(sdk, widget) {
  if (sdk.live.has(widget.id)) return;
  const failed = sdk.trace.current(widget).gates.filter(({ pass }) => pass === false);
  sdk.trace.decide(widget, "hidden", failed.pop()?.reason);
}

/**
 * Whether the visitor is in an entry's audience, written down for each of its widgets.
 * @param {Sdk} sdk
 * @param {Batch["target"][number]} entry
 * @param {string[]} segments
 * @param {any} fields
 */
function applies(sdk, { segment, rule, widgets }, segments, fields) {
  const [pass, reason] = rule ? askRule(rule, fields) : isIn(segment ?? "", segments);
  for (const widget of widgets) {
    // One entry that fits is enough for a widget named in several.
    if (sdk.trace.current(widget).gates.some((known) => known.gate === "audience" && known.pass)) continue;
    sdk.trace.gate(widget, "audience", { pass, actual: segments, required: segment ?? "rule", reason });
  }
  return pass;
}

/**
 * @param {(data: any) => boolean} rule
 * @param {any} fields
 * @returns {[boolean, string]}
 */
function askRule(rule, fields) {
  try {
    const pass = fields !== undefined && Boolean(rule(fields));
    return [pass, `the rule ${pass ? "holds" : "does not hold"}`];
  } catch (error) {
    return [false, `the rule threw ${error}`];
  }
}

/**
 * @param {string} segment
 * @param {string[]} segments the visitor's
 * @returns {[boolean, string]}
 */
function isIn(segment, segments) {
  const pass = segment === "*" || segments.includes(segment);
  return [pass, `the visitor is ${pass ? "" : "not "}in "${segment}"`];
}

/**
 * What each widget's audience is decided on (widgets.md 1.3): its entries' segments; of an inverse widget, all segments.
 * @param {Sdk} sdk
 * @param {Batch} batch
 */
function rememberDependencies(sdk, { target, exclude, inverse }) {
  /** @param {Widget} widget @param {string | undefined} segment @param {boolean} [rule] */
  const add = (widget, segment, rule) => {
    const known = (sdk.dependencies[widget.id] ??= {});
    known.segment = [...new Set([...(known.segment ?? []), segment])];
    if (rule) known.entityField = ["*"];
  };
  for (const { segment, rule, widgets } of [...target, ...exclude].map((entry) => ({ rule: undefined, ...entry }))) {
    for (const widget of [...widgets, ...inverse]) add(widget, segment, Boolean(rule));
  }
}


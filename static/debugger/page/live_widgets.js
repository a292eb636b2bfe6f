/** @import { Candidate, Sdk, Tag, WidgetConfig } from "../types" */
import { currentSdk, currentTag, pageGlobal } from "./page_globals.js";
import { runScript } from "./script_loader.js";

const FACTORIES = /** @type {const} */ ({ message: "Message", form: "Form", subscription: "Subscription", sitegate: "SiteGate" });

/** @type {Promise<void>} updates happen one after another, so that the last one saved is the last one shown */
let queue = Promise.resolve();

/**
 * Bring changed experiences into the page: an open widget is rebuilt where it stands, any other is decided anew.
 * @param {string[] | null} ids what changed, or null for whatever differs
 * @param {string[]} removed
 * @returns {Promise<void>}
 */
export function updateWidgets(ids, removed) {
  if (ids?.length === 0 && !removed.length) return Promise.resolve();
  queue = queue.catch(() => undefined).then(() => update(ids, removed));
  return queue;
}

/**
 * @param {string[] | null} ids
 * @param {string[]} removed
 */
async function update(ids, removed) {
  const [tag, sdk] = [currentTag(), currentSdk()];
  const publish = tag?.config?.pathfora?.publish;
  if (!tag || !sdk || !publish) return; // nothing is on the page yet; what comes will be the new version
  const list = publish.candidates?.experiences ?? candidates();
  const before = byId(list);
  await runScript(candidateUrl(tag));
  const after = byId(candidates());
  // In place: the publish plugin holds this list too, and clears by it when the profile is loaded again.
  list.splice(0, list.length, ...after.values());
  const gone = ids ? removed : [...before.keys()].filter((id) => !after.has(id));
  clear(sdk, gone.flatMap((id) => idsOf(before.get(id), id)));
  const changed = ids ?? differing(before, after);
  const faults = changed.map((id) => faultOf(id, () => renew(sdk, before.get(id), after.get(id), publish.priority)));
  if (faults.some(Boolean)) throw new Error(faults.filter(Boolean).join("; "));
}

/**
 * Ids of experiences that are new or not as they were.
 * @param {Map<string, Candidate>} before
 * @param {Map<string, Candidate>} after
 */
function differing(before, after) {
  return [...after.keys()].filter((id) => textOf(before.get(id)) !== textOf(after.get(id)));
}

/**
 * What went wrong with one widget, so that its neighbours are still updated; empty when nothing did.
 * @param {string} id
 * @param {() => void} work
 */
function faultOf(id, work) {
  try {
    work();
    return "";
  } catch (error) {
    return `${id}: ${error instanceof Error ? error.message : error}`;
  }
}

/** @returns {Candidate[]} */
function candidates() {
  const published = /** @type {{experiences?: Candidate[]} | undefined} */ (pageGlobal("_pfacfg"));
  return published?.experiences ?? [];
}

/** @param {Candidate[]} list */
function byId(list) {
  return new Map(list.map((item) => [item.id, item]));
}

/**
 * The address of the candidate script, as the publish plugin has it.
 * @param {Tag} tag
 */
function candidateUrl(tag) {
  const config = tag.config ?? {};
  const cid = String(Array.isArray(config.cid) ? config.cid[0] : config.cid);
  const template = config.pathfora?.publish?.src || "{url}/api/experience/candidate/{cid}/config.js";
  return template.replace("{url}", config.url ?? "").replace("{cid}", cid);
}

/**
 * @param {Sdk} sdk
 * @param {Candidate | undefined} before
 * @param {Candidate | undefined} after
 * @param {string} [priority]
 */
function renew(sdk, before, after, priority) {
  if (!after) return;
  const open = widgetsOf(after).filter((widget) => document.getElementById(widget.id));
  if (before && isAimedAlike(before, after) && open.length && sdk.replaceWidget) {
    for (const widget of open) sdk.replaceWidget(build(sdk, widget));
    return;
  }
  clear(sdk, [...idsOf(before, after.id), ...idsOf(after, after.id)]);
  const widgets = [build(sdk, after.widget)];
  /** @type {any} */ (pageGlobal("_pfacfg"))?.prepare?.(sdk, widgets); // draws variations
  const inverse = after.inverse ? { inverse: [build(sdk, after.inverse)] } : {};
  const exclude = after.exclude?.length ? { exclude: after.exclude.map((segment) => ({ segment, widgets })) } : {};
  sdk.initializeWidgets?.({ target: [{ segment: after.audience, widgets }], ...exclude, ...inverse }, undefined, { priority });
}

/**
 * @param {Sdk} sdk
 * @param {WidgetConfig} widget
 */
function build(sdk, widget) {
  const name = FACTORIES[/** @type {keyof typeof FACTORIES} */ (widget.type)];
  const factory = name && sdk[name];
  if (!factory) throw new Error(`the widget SDK on this page has no type ${widget.type}`);
  return factory(widget);
}

/**
 * @param {Sdk} sdk
 * @param {string[]} ids
 */
function clear(sdk, ids) {
  if (ids.length) sdk.clearById?.([...new Set(ids)]);
}

/** @param {Candidate} item */
function widgetsOf(item) {
  return item.inverse ? [item.widget, item.inverse] : [item.widget];
}

/**
 * @param {Candidate | undefined} item
 * @param {string} id
 */
function idsOf(item, id) {
  return item ? widgetsOf(item).map((widget) => widget.id) : [id, `${id}-inverse`];
}

/**
 * Whether two versions are for the same people and have the same widgets.
 * @param {Candidate} one
 * @param {Candidate} other
 */
function isAimedAlike(one, other) {
  const aim = (/** @type {Candidate} */ item) => JSON.stringify([item.audience, item.exclude, idsOf(item, item.id), widgetsOf(item).map(shapeOf)]);
  return aim(one) === aim(other);
}

/**
 * A change of type or layout is another widget, which cannot take the place of an open one.
 * @param {WidgetConfig} widget
 */
function shapeOf(widget) {
  return [widget.type, widget["layout"] ?? "modal"];
}

/** @param {Candidate | undefined} item */
function textOf(item) {
  return JSON.stringify(item, (_, value) => (typeof value === "function" ? String(value) : value));
}

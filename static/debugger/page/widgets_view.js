/** @import { Candidate, Decision, EventLog, WidgetsView } from "../types" */
import { plainCopy } from "../plain.js";
import { lookedAt } from "./looking.js";
import { momentsOf } from "./marks.js";
import { currentSdk, currentTag, pageGlobal } from "./page_globals.js";

/**
 * Every decision of the SDK, and what was published. The trace is the SDK's own, and nothing decides a second time.
 * @param {EventLog} log
 * @returns {WidgetsView}
 */
export function widgetsView(log) {
  const [tag, sdk] = [currentTag(), currentSdk()];
  const decisions = /** @type {Decision[]} */ (plainCopy(sdk?.explain?.() ?? []));
  const publish = tag?.config?.pathfora?.publish;
  const candidates = publish?.candidates?.experiences ?? publishedByScript();
  const decided = new Set(decisions.map(({ id }) => id));
  return {
    tag: tag !== null,
    sdk: sdk !== null,
    explains: typeof sdk?.explain === "function",
    forces: typeof (/** @type {any} */ (sdk)?.previewWidget) === "function",
    priority: publish?.priority ?? null,
    previewKey: previewKey(tag?.config),
    decisions,
    candidates: candidates.filter(Boolean).map((item) => candidateView(item, !decided.has(item.id))),
    legacy: [...legacyOf(publish, "variations", "variation"), ...legacyOf(publish, "legacyABTests", "A/B test")],
    open: [...lookedAt().document.querySelectorAll(".pf-widget[id]")].map(({ id }) => id),
    moments: momentsOf(log, decisions),
  };
}

/** @param {any} publish @param {string} list @param {string} kind */
function legacyOf(publish, list, kind) {
  const found = publish?.candidates?.[list];
  return Array.isArray(found) ? found.map((item) => ({ id: String(item?.id ?? "without an id"), kind, item: plainCopy(item) })) : [];
}

/** @param {Candidate} item @param {boolean} whole where the SDK says nothing of it, what was published is all there is to see */
function candidateView(item, whole) {
  const { id, type, audience, exclude, widget } = item;
  return { id: String(id ?? "without an id"), type, audience, exclude: exclude ?? [], tests: testOf(widget), item: whole ? plainCopy(item) : null };
}

/** @returns {Candidate[]} */
function publishedByScript() {
  const published = /** @type {{experiences?: Candidate[]} | undefined} */ (pageGlobal("_pfacfg"));
  return Array.isArray(published?.experiences) ? published.experiences : [];
}

/** @param {import("../types").WidgetConfig | undefined} widget */
function testOf(widget) {
  const test = widget?.["abTest"];
  return typeof test === "string" ? test : null;
}

/** The query's key that shows an experience before it is published, when the tag has that on. @param {any} config */
function previewKey(config) {
  const preview = config?.pathfora?.preview;
  return preview && preview.disabled !== true ? (preview.experience?.previewKey ?? null) : null;
}

/** @import { Decision, ExperienceView, Problem, WidgetsView, WorkspaceView } from "../types" */
import { decisionSentence } from "./wording.js";

/**
 * One line of the list: a widget of the workspace, or one that the page made itself. `published`, `eligible` and `shown` are null
 * where nothing can be said.
 * @typedef {{id: string, label: string, detail: string, verdict: string, reason: string, file: string, published: boolean | null, eligible: boolean | null, shown: boolean | null,
 *   decision: Decision | null, experience: ExperienceView | null, variations: VariationRow[], problems: Problem[], item?: unknown}} ExperienceRow
 */

/**
 * One of those of which a visitor gets the same one always; `from` and `to` are where its share of the draw lies, between 0 and 1.
 * @typedef {{id: string, label: string, from: number, to: number, verdict: string, reason: string, decision: Decision | null}} VariationRow
 */

/** Gates that say whether the visitor is one of those the widget is for. */
const AIMS = /^(audience|exclude|inverse|profile)$/;

/**
 * Everything in the workspace and everything on the page, each with its verdict. Verdicts of published widgets are the
 * SDK's own, put into a sentence; where the SDK never heard of the widget, the reason is found here.
 * @param {WorkspaceView | null} workspace
 * @param {WidgetsView} widgets
 * @returns {ExperienceRow[]}
 */
export function experienceRows(workspace, widgets) {
  const decisions = new Map(widgets.decisions.map((decision) => [decision.id, decision]));
  const rows = (workspace?.experiences ?? []).flatMap((experience) => {
    const problems = (workspace?.problems ?? []).filter(({ path }) => path === experience.file);
    const own = { ...rowFor(experience.id, experience.label, experience, decisions, widgets), problems };
    const { inverse } = experience;
    if (!inverse) return [own];
    return [own, rowFor(inverse.id, `${experience.label} (for everyone else)`, { ...experience, ...inverse, inverse: null, variations: [] }, decisions, widgets)];
  });
  const known = new Set(rows.flatMap((row) => [row.id, ...row.variations.map(({ id }) => id)]));
  const others = [...decisions.values()].filter((decision) => !known.has(decision.id));
  const published = new Set(widgets.candidates.map(({ id }) => id));
  return [
    ...rows,
    ...others.map((decision) => ({
      ...decided(decision), label: decision.id, file: "", published: published.has(decision.id) || null, experience: null, variations: [], problems: [],
      detail: `${decision.type} · ${decision.layout} · ${published.has(decision.id) ? "published" : "made by the page"}`,
    })),
    ...widgets.candidates.filter(({ id }) => !known.has(id) && !decisions.has(id)).map((candidate) => unheard(candidate, widgets)),
  ];
}

/**
 * Published, as the page says, and no more is known: neither a workspace nor the page's SDK tells of it.
 * @param {WidgetsView["candidates"][number]} candidate
 * @param {WidgetsView} widgets
 * @returns {ExperienceRow}
 */
function unheard({ id, type, item }, widgets) {
  const open = widgets.open.includes(id);
  const base = { id, label: id, detail: `${type ?? "of no type"} · published`, file: "", published: true, eligible: null, decision: null, experience: null, variations: [], problems: [], item };
  if (open) return { ...base, verdict: "shown", reason: "It is on the page.", shown: true };
  return { ...base, verdict: "not known", reason: whyUndecided(widgets), shown: null };
}

/**
 * @param {string} id
 * @param {string} label
 * @param {ExperienceView} experience
 * @param {Map<string, Decision>} decisions
 * @param {WidgetsView} widgets
 * @returns {ExperienceRow}
 */
function rowFor(id, label, experience, decisions, widgets) {
  const audience = experience.audience === "*" ? "everyone" : experience.audience;
  const { file, type, layout, campaign, stage, priority, tactic } = experience;
  const named = Object.entries({ campaign, stage, priority, tactic }).flatMap(([name, value]) => (value || value === 0 ? [`${name} ${value}`] : []));
  const detail = [type, layout, `for ${audience}`, ...named].join(" · ");
  const variations = variationRows(experience, decisions, widgets);
  const base = { id, label, detail, file, experience, variations, problems: [] };
  // The experience fares as the variation that was drawn for this visitor.
  const decision = decisions.get(id) ?? drawnOf(variations)?.decision ?? null;
  if (experience.status !== "published" && !decision) {
    const reason = `Not published: status is ${experience.status} in ${file}.`;
    return { ...base, verdict: "not published", reason, decision: null, published: false, eligible: null, shown: false };
  }
  if (decision) return { ...base, ...decided(decision), id, published: experience.status === "published" };
  return { ...base, verdict: "waiting", reason: whyUndecided(widgets), decision: null, published: true, eligible: null, shown: false };
}

/**
 * @param {ExperienceView} experience
 * @param {Map<string, Decision>} decisions
 * @param {WidgetsView} widgets
 * @returns {VariationRow[]}
 */
function variationRows({ variations = [], status, file }, decisions, widgets) {
  const total = variations.reduce((sum, { weight }) => sum + weight, 0);
  let end = 0;
  return variations.map(({ id, label, weight }) => {
    const [from, to] = [end, (end += weight / total)];
    const decision = decisions.get(id) ?? null;
    if (decision) return { id, label, from, to, decision, verdict: decision.verdict, reason: decisionSentence(decision) };
    if (status !== "published") return { id, label, from, to, decision, verdict: "not published", reason: `Not published: status is ${status} in ${file}.` };
    return { id, label, from, to, decision, verdict: "waiting", reason: whyUndecided(widgets) };
  });
}

/** @param {VariationRow[]} variations */
function drawnOf(variations) {
  return variations.find(({ decision }) => decision?.gates.some(({ gate, pass }) => gate === "abTest" && pass)) ?? variations.find(({ decision }) => decision);
}

/** @param {Decision} decision */
function decided(decision) {
  const { id, verdict, gates } = decision;
  const aims = gates.filter(({ gate }) => AIMS.test(gate));
  const eligible = aims.some(({ pass }) => pass === false) ? false : aims.some(({ pass }) => pass === null) ? null : true;
  return { id, verdict, reason: decisionSentence(decision), decision, eligible, shown: verdict === "shown" || verdict === "closed" };
}

/** @param {WidgetsView} widgets */
function whyUndecided({ tag, sdk, explains }) {
  if (!tag) return "Waiting: there is no tag on this page, and it is the tag that brings the widgets.";
  if (!sdk) return "Waiting: the widget SDK has not loaded.";
  if (!explains) return "Not known: this page has a widget SDK that gives no reasons.";
  return "Waiting: the tag has not handed it to the widget SDK yet.";
}

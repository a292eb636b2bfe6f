/** @import { Decision, ExperienceView, Sdk, Tag, WorkspaceView } from "./types" */
import { decisionSentence } from "./wording.js";

/**
 * One line of the list: a widget of the workspace, or one that the page made itself.
 * @typedef {{id: string, label: string, detail: string, verdict: string, reason: string, decision: Decision | null}} ExperienceRow
 */

/**
 * Everything in the workspace and everything on the page, each with its verdict. Verdicts of published widgets are the
 * SDK's own, put into a sentence; where the SDK never heard of the widget, the reason is found here.
 * @param {WorkspaceView | null} workspace
 * @param {Tag | null} tag
 * @param {Sdk | null} sdk
 * @returns {ExperienceRow[]}
 */
export function experienceRows(workspace, tag, sdk) {
  const decisions = new Map((sdk?.explain?.() ?? []).map((decision) => [decision.id, decision]));
  const rows = (workspace?.experiences ?? []).flatMap((experience) => {
    const own = rowFor(experience.id, experience.label, experience, decisions, tag, sdk);
    const { inverse } = experience;
    if (!inverse) return [own];
    return [own, rowFor(inverse.id, `${experience.label} (for everyone else)`, { ...experience, ...inverse }, decisions, tag, sdk)];
  });
  const known = new Set(rows.map((row) => row.id));
  const others = [...decisions.values()].filter((decision) => !known.has(decision.id));
  return [
    ...rows,
    ...others.map((decision) => ({ ...decided(decision), label: decision.id, detail: `${decision.type} · ${decision.layout} · made by the page` })),
  ];
}

/**
 * @param {string} id
 * @param {string} label
 * @param {ExperienceView} experience
 * @param {Map<string, Decision>} decisions
 * @param {Tag | null} tag
 * @param {Sdk | null} sdk
 * @returns {ExperienceRow}
 */
function rowFor(id, label, experience, decisions, tag, sdk) {
  const audience = experience.audience === "*" ? "everyone" : experience.audience;
  const detail = `${experience.type} · ${experience.layout} · for ${audience} · ${experience.file}`;
  if (experience.status !== "published") {
    const reason = `Not published: status is ${experience.status} in ${experience.file}.`;
    return { id, label, detail, verdict: "not published", reason, decision: null };
  }
  const decision = decisions.get(id);
  if (decision) return { ...decided(decision), label, detail };
  return { id, label, detail, verdict: "waiting", reason: undecided(tag, sdk), decision: null };
}

/** @param {Decision} decision */
function decided(decision) {
  return { id: decision.id, verdict: decision.verdict, reason: decisionSentence(decision), decision };
}

/**
 * @param {Tag | null} tag
 * @param {Sdk | null} sdk
 */
function undecided(tag, sdk) {
  if (!tag) return "Waiting: there is no tag on this page, and it is the tag that brings the widgets.";
  if (!sdk) return "Waiting: the widget SDK has not loaded.";
  if (!sdk.explain) return "Not known: this page has a widget SDK that gives no reasons.";
  return "Waiting: the tag has not handed it to the widget SDK yet.";
}

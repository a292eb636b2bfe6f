/** @import { Decision, Gate } from "../types" */
import { inWords } from "../tree.js";
import { lasting } from "./times.js";

/** What each action is called in "closed 2 of 2 times". @type {Record<string, string>} */
const ACTIONS = { confirm: "confirmed", cancel: "cancelled", closed: "closed" };

/**
 * How each gate is said: when it is open (pass is null), holds, and stops. Gates that are not here are said by their name.
 * @type {Record<string, (pass: boolean | null, actual: any, required: any) => string>}
 */
const SENTENCES = {
  profile: (pass, actual) => (pass ? "The tag knows the visitor" : `The visitor is ${actual}`),
  audience: (pass, actual, required) => {
    if (typeof actual === "boolean" || !Array.isArray(actual)) return `The rule ${required || "of the page"} ${holds(pass)}${said(actual)}`;
    return `The visitor is ${pass ? "" : "not "}in "${required}"`;
  },
  exclude: (pass, _actual, required) => `The visitor is ${pass ? required : `in "${without(required)}", which is excluded`}`,
  inverse: (pass, actual) => (pass ? "No targeted widget applies to this visitor" : `A targeted widget applies to this visitor: ${inWords(actual)}`),
  priority: (_pass, actual) => `"${actual}" comes first, and only one of them may show`,
  abTest: (pass, actual) => `The visitor is in ${pass ? "its" : "the other"} group of an A/B test${said(actual)}`,
  fields: (pass, actual) => (pass ? "The profile has every field that the texts need" : `The profile lacks a field that a text needs${said(actual)}`),
  recommend: (pass) => (pass === null ? "A recommendation is on its way" : `There is ${pass ? "a" : "no"} recommendation to show`),
  unlocked: (pass) => (pass ? "The visitor has not passed this gate yet" : "The visitor has passed this gate before"),
  pushDown: (_pass, actual, required) => (actual ? `There is no ${required} to push down` : `It pushes ${required} down while it is open`),
  date: (pass, actual, required) => {
    const early = Date.parse(actual) < Date.parse(required.start_at);
    return pass ? "Today is within its dates" : early ? `It starts at ${required.start_at}` : `It ended at ${required.end_at}`;
  },
  pageVisits: (_pass, actual, required) => `${actual} of ${required} page views on this site`,
  hideAfterAction: (pass, actual, required) => (pass ? "No earlier action hides it" : Object.keys(actual).map((action) => acted(action, actual[action], required[action] ?? {})).join(", and ")),
  urlContains: (pass, actual) => `The address ${pass ? "matches" : "does not match"}: ${actual}`,
  metaContains: (pass) => `${pass ? "A" : "No"} <meta> element of this page matches`,
  showOnInit: (pass) => (pass ? "It may show by itself" : "Only pathfora.showWidget() shows it (showOnInit is off)"),
  impressions: (pass, actual, required) => (pass ? `Shown ${actual.session} times in this session, ${actual.total} times in all` : limited(actual, required)),
  showOnExitIntent: (pass) => (pass ? "The pointer left the page" : "Waits until the pointer leaves the page at its top"),
  displayWhenElementVisible: (pass, actual, required) => `${pass ? "Scrolled" : "Waits until the visitor scrolls"} to ${required}${actual ? ", which is missing so far" : ""}`,
  scrollPercentageToDisplay: (pass, _actual, required) => `${pass ? "Scrolled" : "Waits until the visitor has scrolled"} through ${required} % of the page`,
  manualTrigger: (pass) => (pass ? "Triggered by the page" : "Waits for pathfora.triggerWidgets()"),
  showDelay: (pass, _actual, required) => (pass ? `Its delay of ${required} s is over` : `Waits ${required} s before it opens`),
  host: (_pass, _actual, required) => `Waits for ${required}, which is not in the page`,
  duplicate: (_pass, actual) => `Another widget has the id "${actual}"`,
  "data-pftrigger": (pass, _actual, required) => {
    if (pass === null) return `The visitor is in "${required}", but another block of its group comes first`;
    if (required === "default") return pass ? "No other block of its group is for this visitor" : "Another block of its group is shown in its place";
    return `The visitor is ${pass ? "" : "not "}in "${required}", which this block is for`;
  },
  "data-pfrecommend": (pass, _actual, required) => {
    if (required === "default") return pass ? "There was no recommendation to show in its place" : "A recommendation is shown in its place";
    return pass ? `It shows a recommendation from "${required}"` : `There is no recommendation from "${required}" left for it`;
  },
  render: (pass, actual) => (pass ? `It is in the page, in ${actual}` : `It could not be built: ${actual}`),
};

/** Gates that are open for as long as a widget waits; any other one that is open was not asked. */
const WAITS = /^(profile|recommend|host|data-pftrigger|manualTrigger|show(Delay|OnExitIntent)|(displayWhen|scrollPercentage).*)$/;

/** What somebody can do to make a gate pass, where that is not plain. @type {Record<string, string>} */
const ADVICE = {
  audience: "Become a persona that is in it, under Lab",
  exclude: "Become a persona that is not in it, under Lab",
  impressions: "Reset the visitor, under Lab, to count from zero",
  hideAfterAction: "Reset the visitor, under Lab, to forget what was pressed",
  unlocked: "Reset the visitor, under Lab, to lock it again",
  manualTrigger: "Call it in the console, or with the widget's id in a list",
  duplicate: "Give one of them another id, or call pathfora.clearById() first",
  fields: "Give the text a default, as in {{name | there}}, or set showOnMissingFields",
};

/**
 * A gate as a sentence: what it found, and when or how that changes.
 * @param {Gate} gate
 * @param {number} [now] ms since 1970
 */
export function gateSentence({ gate, pass, actual, required, until }, now = Date.now()) {
  if (pass === null && actual !== "unknown" && !WAITS.test(gate)) return "Not asked: something before it decided.";
  const sentence = SENTENCES[gate]?.(pass, actual, required) ?? unknown(gate, pass, actual, required);
  const more = pass ? "" : (countdown(gate, until ?? 0, now) ?? ADVICE[gate]);
  return more ? `${sentence}. ${more}.` : `${sentence}.`;
}

/** @param {string} gate @param {number} until @param {number} now */
function countdown(gate, until, now) {
  return until > now ? `${gate === "showDelay" ? "Opens" : "This changes"} in ${span(until - now)}` : undefined;
}

/**
 * Why a widget is as it is, in a sentence: the gate that stops it, or the one it waits for; else what the SDK says itself.
 * @param {Decision} decision
 * @param {number} [now]
 */
export function decisionSentence(decision, now) {
  const gate = decision.type === "inline" ? decision.gates[0] : decidingGate(decision); // an inline block has one
  if (gate) return gateSentence(gate, now);
  return decision.reason === "Shown" ? "Shown: nothing limits it." : (closedBy(decision.reason) ?? decision.reason);
}

/** What the visitor did, by the name that its event has. @type {Record<string, string>} */
const PRESSES = { close: "closed it", cancel: "declined", confirm: "confirmed", submit: "sent the form", unlock: "passed the gate", subscribe: "subscribed" };

/** @param {string} reason */
function closedBy(reason) {
  const told = /^Closed: (\S+) by the visitor$/.exec(reason)?.[1];
  return told && `Closed: the visitor ${PRESSES[told] ?? `pressed what tells "${told}"`}.`;
}

/**
 * The gate that stops a widget, or the one that it waits for.
 * @param {Decision} decision
 */
export function decidingGate({ verdict, gates }) {
  const wanted = verdict === "hidden" ? false : verdict === "waiting" ? null : undefined;
  return gates.filter(({ pass, actual }) => pass === wanted && (pass === false || actual !== "unknown")).at(wanted === null ? -1 : 0);
}

/**
 * @param {string} gate
 * @param {boolean | null} pass
 * @param {unknown} actual
 * @param {unknown} required
 */
function unknown(gate, pass, actual, required) {
  if (gate.startsWith("callback ")) return `The page's function for ${gate.slice(9)} failed${said(actual)}`;
  if (actual === "unknown") return `${gate} is not in this build of the SDK`;
  const wants = required === undefined || required === null ? "" : `, needs ${inWords(required)}`;
  return `${gate} ${pass === null ? "is open" : holds(pass)}${said(actual)}${wants}`;
}

/** @param {{limit?: string, found?: any}} actual @param {any} required */
function limited({ limit = "", found }, required) {
  const [scope, kind] = limit.split(".");
  const who = scope === "global" ? "All widgets together were shown" : "Shown";
  if (kind === "buffer") return `${who} less than ${span(required * 1000)} ago`;
  if (kind === "duration") return `${who} ${found} times; then comes a pause of ${span(required * 1000)}`;
  return `${who} ${found} of ${required} times${kind === "session" ? " in this session" : ""}`;
}

/** @param {string} action @param {{count: number}} found @param {{hideCount?: number, duration?: number}} limit */
function acted(action, { count }, { hideCount, duration }) {
  const done = ACTIONS[action] ?? action;
  const counted = hideCount !== undefined && count >= hideCount;
  return `The visitor ${done} it ${counted || !duration ? `${count} of ${hideCount} times` : `less than ${span(duration * 1000)} ago`}`;
}

/** @param {boolean | null} pass */
function holds(pass) {
  return pass ? "holds" : "does not hold";
}

/** @param {unknown} actual */
function said(actual) {
  return actual === undefined || actual === null || typeof actual === "boolean" ? "" : `: ${inWords(actual)}`;
}

/** @param {unknown} required "not x" */
function without(required) {
  return String(required).replace(/^not /, "");
}

/** @param {number} milliseconds */
function span(milliseconds) {
  return lasting(Math.ceil(milliseconds / 1000));
}

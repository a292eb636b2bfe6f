/** @import { Launch } from "../types" */
import { pretendFromNow } from "./overrides.js";
import { isOwnAddress } from "./pretended_address.js";

const LAUNCH_PREFIX = "understudy-";

/**
 * What the page's address asks of the debugger: `understudy-open` (a section), `understudy-filter`, `understudy-find` (a widget),
 * `understudy-persona`, `understudy-pretend` (see `launchOverrides`), `understudy-show` with `understudy-layout` and
 * `understudy-theme`; past the moment `understudy-until`, in unix ms, nothing is done. They are taken out of the address at once,
 * so that neither the page nor its widgets and events ever see them.
 * @returns {Launch}
 */
export function takeLaunch() {
  const url = new URL(location.href);
  const names = [...url.searchParams.keys()].filter((name) => name.startsWith(LAUNCH_PREFIX));
  const taken = Object.fromEntries(names.map((name) => [name.slice(LAUNCH_PREFIX.length), url.searchParams.get(name) ?? ""]));
  if (names.length) {
    for (const name of names) url.searchParams.delete(name);
    history.replaceState(history.state, "", url);
  }
  const until = Number(taken["until"] ?? Infinity);
  const late = until > Date.now() ? null : until; // no number is no moment at all
  const wish = (/** @type {string} */ name) => (late === null ? (taken[name] ?? "") : "");
  return {
    open: wish("open"), filter: wish("filter"), find: wish("find"), persona: wish("persona"), pretend: wish("pretend"), show: wish("show"), layout: wish("layout"), theme: wish("theme"),
    late: late === null || Number.isNaN(late) ? null : late,
  };
}

/** What may be pretended, and whether a value is of the kind it must be. @type {Record<string, (value: any) => boolean>} */
const PRETENDABLE = {
  enter: isTexts, leave: isTexts, fields: (value) => value !== null && typeof value === "object" && !Array.isArray(value),
  consent: (value) => typeof value === "boolean", referrer: (value) => typeof value === "string",
  address: isOwnAddress,
};

/** @param {unknown} value */
function isTexts(value) {
  return Array.isArray(value) && value.every((one) => typeof one === "string");
}

/**
 * Pretend what the address asks for, before anything of the page is asked for: a part of what **Lab** overrides, as JSON.
 * @param {Launch} launch
 * @returns {string} what went wrong
 */
export function launchOverrides({ pretend, late }) {
  if (late !== null) return `This link was good until ${new Date(late).toLocaleString()}: ask for a new one.`;
  if (!pretend) return "";
  try {
    const wanted = Object.entries(/** @type {object} */ (JSON.parse(pretend)));
    const wrong = wanted.find(([name, value]) => !PRETENDABLE[name]?.(value));
    if (wrong) return `What the address pretends is not right: ${wrong[0]} is ${JSON.stringify(wrong[1])}. There is: ${Object.keys(PRETENDABLE).join(", ")}.`;
    pretendFromNow(Object.fromEntries(wanted));
    return "";
  } catch (error) {
    return `What the address pretends is no JSON: ${error instanceof Error ? error.message : error}`;
  }
}

/**
 * Be the persona that the address names before any other script runs. The server is asked in this very moment: whatever came
 * later would be later than the tag. The name `none` ends a visit.
 * @param {Launch} launch
 * @param {string} base of the server
 * @param {ReturnType<typeof import("./tab_visitor.js").createTabVisitor>} tab
 * @returns {string} what went wrong
 */
export function launchPersona({ persona }, base, tab) {
  if (!persona) return "";
  if (persona === "none") {
    tab.leave();
    return "";
  }
  const request = new XMLHttpRequest();
  try {
    request.open("POST", `${base}api/persona`, false);
    request.setRequestHeader("Content-Type", "application/json");
    request.send(JSON.stringify({ persona }));
    const answer = JSON.parse(request.responseText);
    if (request.status !== 200) return `${persona} could not be put on: ${answer.message}`;
    tab.enter(persona, answer.uid);
    return "";
  } catch (error) {
    return `${persona} could not be put on: ${error instanceof Error ? error.message : error}`;
  }
}

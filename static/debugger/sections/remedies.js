/** @import { Decision, Gate, Overrides, Source, StorageItem } from "../types" */
import { dateAndTime, lasting } from "./times.js";
import { decidingGate } from "./wording.js";

/** @typedef {{label: string, run(source: Source): Promise<unknown>}} Act a button that brings the change about, in this tab only */
/** @typedef {{text: string, acts: Act[]}} Remedy the smallest change after which the gate would pass */
/** @typedef {Map<string, {id: string, label: string}[]>} PersonasIn the personas that are in each audience */
/** @typedef {(gate: Gate, id: string, personas: PersonasIn) => Remedy | null} Finder */

/**
 * What would make a widget appear: the change that its first failing gate, or the one it waits for, needs. Null for one that shows.
 * @param {Decision} decision
 * @param {PersonasIn} personas
 * @param {number} [now]
 * @returns {Remedy | null}
 */
export function remedyFor(decision, personas, now = Date.now()) {
  const gate = decidingGate(decision);
  if (!gate) return null;
  const found = FINDERS[gate.gate]?.(gate, decision.id, personas) ?? { text: `if ${gate.gate} passed`, acts: [] };
  if (!gate.until || gate.until <= now) return found;
  const sooner = gate.gate === "showDelay" ? [] : [goTo(gate.until + 1000)]; // a delay goes by a timer, whatever the clock says
  return { text: `in ${lasting(Math.ceil((gate.until - now) / 1000))}`, acts: [...sooner, ...found.acts.filter(({ label }) => label !== GO)] };
}

const GO = "Go to that time";

/** @type {Record<string, Finder>} */
const FINDERS = {
  profile: () => ({ text: "once the visitor's profile has come", acts: [again("Load the profile again")] }),
  audience: ({ required }, _id, personas) => ({ text: `if the visitor were in "${required}"`, acts: [...become(personas, String(required)), member(String(required), true)] }),
  exclude: ({ required }) => {
    const slug = String(required).replace(/^not /, "");
    return { text: `if the visitor were not in "${slug}"`, acts: [member(slug, false)] };
  },
  inverse: ({ actual }) => ({ text: `if no targeted widget applied (now: ${[actual].flat().join(", ")})`, acts: [] }),
  priority: ({ actual }) => ({ text: `if "${actual}", which comes first, did not show`, acts: [] }),
  abTest: () => ({ text: "in the other group of its A/B test", acts: [{ label: "Be in the other group", run: switchGroup }] }),
  fields: ({ actual }) => ({ text: `if the profile had ${missing(actual).join(", ") || "the fields of its texts"}`, acts: missing(actual).map((name) => field(name)) }),
  unlocked: (_gate, id) => ({ text: "if the visitor had not passed this gate before", acts: [forget("Lock it again", (key) => key === `PathforaUnlocked_${id}`)] }),
  date: ({ actual, required }) => dateRemedy(String(actual), /** @type {any} */ (required)),
  pageVisits: ({ actual, required }) => {
    const more = Number(required) - Number(actual);
    return { text: `after ${more} more page ${more === 1 ? "view" : "views"}`, acts: [write(`Count ${more} more`, "PathforaPageView", String(required))] };
  },
  hideAfterAction: (_gate, id) => ({
    text: "if the visitor had not pressed it away before", acts: [forget("Forget what was pressed", (key) => new RegExp(`^Pathfora(Confirm|Cancel|Closed)_${escaped(id)}$`).test(key))],
  }),
  impressions: (_gate, id) => ({
    text: "if it had been shown less often", acts: [forget("Count from zero", (key) => key.startsWith("Pathfora") && /Impressions/.test(key) && (key.endsWith(`_${id}`) || !/_/.test(key)))],
  }),
  urlContains: ({ required }) => ({ text: "on a page whose address fits its rule", acts: addresses(required) }),
  metaContains: () => ({ text: "on a page with a <meta> element that fits its rule", acts: [] }),
  showOnInit: () => ({ text: "when the page calls pathfora.showWidget()", acts: [] }),
  showOnExitIntent: () => ({ text: "when the pointer leaves the page at its top", acts: [{ label: "Leave the page", run: (source) => source.ask("exitIntent") }] }),
  scrollPercentageToDisplay: ({ required }) => ({ text: `after scrolling through ${required} % of the page`, acts: [scroll(Number(required))] }),
  displayWhenElementVisible: ({ required }) => ({ text: `when ${required} is scrolled into view`, acts: [scroll(100)] }),
  manualTrigger: (_gate, id) => ({ text: "when the page pulls its trigger", acts: [{ label: "Pull the trigger", run: (source) => source.ask("trigger", [id]) }] }),
  showDelay: ({ required }, id) => ({ text: `${required} s after all else holds`, acts: [{ label: "Skip the delay", run: (source) => source.ask("skipDelay", id) }] }),
  host: ({ required }) => ({ text: `when ${required} is in the page`, acts: [] }),
  pushDown: ({ required }) => ({ text: `if ${required} were in the page`, acts: [] }),
  recommend: () => ({ text: "when there is something to recommend", acts: [again("Ask again")] }),
  duplicate: () => ({ text: "with an id of its own", acts: [] }),
};

/** @param {string} actual @param {{start_at?: string, end_at?: string}} required @returns {Remedy} */
function dateRemedy(actual, required) {
  const [start, end, now] = [Date.parse(required?.start_at ?? ""), Date.parse(required?.end_at ?? ""), Date.parse(actual)];
  if (now < start) return { text: `from ${dateAndTime(start)} on`, acts: [goTo(start + 1000)] };
  return { text: `before ${dateAndTime(end)}`, acts: Number.isNaN(end) ? [] : [goTo(end - 60000)] };
}

/** @param {PersonasIn} personas @param {string} slug @returns {Act[]} */
function become(personas, slug) {
  return (personas.get(slug) ?? []).slice(0, 2).map(({ id, label }) => ({ label: `Become ${label}`, run: (source) => source.ask("become", id) }));
}

/** @param {string} slug @param {boolean} inside @returns {Act} */
function member(slug, inside) {
  return { label: inside ? `Pretend "${slug}"` : `Pretend not "${slug}"`, run: async (source) => source.ask("override", memberPatch(await source.ask("overrides"), slug, inside)) };
}

/**
 * Overrides with an audience pretended, one way or the other, or with null as it is.
 * @param {Overrides} overrides
 * @param {string} slug
 * @param {boolean | null} inside
 */
export function memberPatch({ enter, leave }, slug, inside) {
  const others = { enter: enter.filter((one) => one !== slug), leave: leave.filter((one) => one !== slug) };
  if (inside === null) return others;
  return inside ? { ...others, enter: [...others.enter, slug] } : { ...others, leave: [...others.leave, slug] };
}

/** @param {string} name @returns {Act} */
function field(name) {
  return { label: `Pretend ${name}`, run: async (source) => source.ask("override", { fields: { ...(await source.ask("overrides")).fields, [name]: `(${name})` } }) };
}

/** @param {unknown} actual `{missing: names}` @returns {string[]} */
function missing(actual) {
  const names = Reflect.get(Object(actual), "missing");
  return Array.isArray(names) ? names.map(String) : [];
}

/** @param {number} time @returns {Act} */
function goTo(time) {
  return { label: GO, run: (source) => source.ask("setClock", time) };
}

/** @param {string} label @returns {Act} */
function again(label) {
  return { label, run: (source) => source.ask("decideAgain") };
}

/** @param {number} percent @returns {Act} */
function scroll(percent) {
  return { label: "Scroll there", run: (source) => source.ask("scrollTo", Math.min(100, percent + 1)) };
}

/** @param {string} label @param {string} key @param {string} value @returns {Act} */
function write(label, key, value) {
  return { label, run: (source) => source.ask("store", "localStorage", key, value).then(() => source.ask("decideAgain")) };
}

/** @param {string} label @param {(key: string) => boolean} concerns @returns {Act} */
function forget(label, concerns) {
  return {
    label,
    async run(source) {
      const items = (await source.ask("storage")).filter(({ key }) => concerns(key));
      for (const { area, key } of items) await source.ask("store", area, key, null);
      await source.ask("decideAgain");
    },
  };
}

/** @param {Source} source */
async function switchGroup(source) {
  const items = (await source.ask("storage")).filter(({ key }) => key.startsWith("PathforaTest_"));
  for (const { area, key, value } of items) await source.ask("store", area, key, otherHalf(value));
  await source.ask("decideAgain");
}

/**
 * A draw in the other half of all draws.
 * @param {StorageItem["value"]} value
 */
export function otherHalf(value) {
  const drawn = Number(value) || 0.25;
  return String(drawn > 0.5 ? drawn - 0.5 : drawn + 0.5);
}

/** @param {unknown} required @returns {Act[]} */
function addresses(required) {
  const rules = [required].flat().map((rule) => /** @type {{match?: string, value?: string, exclude?: boolean}} */ (typeof rule === "string" ? { value: rule } : (rule ?? {})));
  const [rule] = rules.filter(({ match, value, exclude }) => value && !exclude && match !== "regex");
  const value = rule?.value ?? "";
  return /^(https?:\/\/|\/)/.test(value) ? [{ label: `Go to ${value}`, run: (source) => source.ask("go", value) }] : [];
}

/** @param {string} text */
function escaped(text) {
  return text.replace(/[.*+?^${}()|[\]\\]/g, "\\$&");
}

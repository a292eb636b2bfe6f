/** @import { Gate, Room, WidgetsView } from "../types" */
/** @import { ExperienceRow, VariationRow } from "./experience_rows.js" */
/** @import { PersonasIn } from "./remedies.js" */
import { button, chip, element } from "../dom.js";
import { inWords, tree } from "../tree.js";
import { createActing } from "./acting.js";
import { folded } from "./kept.js";
import { forceForm } from "./force_form.js";
import { remedyFor } from "./remedies.js";
import { sourceLink } from "./source_link.js";
import { takeAway } from "./take_away.js";
import { gateSentence } from "./wording.js";

/** @type {Record<string, string>} */
const TONES = { shown: "good", waiting: "wait", hidden: "off", closed: "info", failed: "bad", "not published": "off" };

/**
 * What a card holds: verdict and reason, what would make the widget appear, its gates, its source.
 * @param {Room} room
 * @param {ExperienceRow} row
 * @param {WidgetsView} widgets
 * @param {PersonasIn} personas
 */
export function cardParts(room, row, widgets, personas) {
  const { error, act } = createActing();
  const gates = row.decision?.gates ?? [];
  const failing = gates.find(({ pass }) => pass === false)?.gate ?? "widget";
  return [
    element("div", { class: "head" }, element("span", { class: "title" }, row.label), chip(TONES[row.verdict] ?? "off", row.verdict)),
    element("p", { class: "reason" }, row.reason),
    ...remedyParts(room, row, personas, act),
    element("p", { class: "hint" }, row.label === row.id ? row.detail : `${row.id} · ${row.detail}`),
    stages(row),
    error,
    ...row.problems.map(problemPart),
    ...row.variations.flatMap((variation) => variationParts(room, row, variation, widgets, act)),
    ...(gates.length && !row.variations.length ? [gatesPart(gates, "gates")] : []),
    ...(row.published === false || !widgets.sdk || row.variations.length ? [] : [part("force", forceForm(room, row, widgets.previewKey, act))]),
    part("away", takeAway(room, row)),
    ...(row.item ? [part("item", tree("as it was published", row.item, false))] : []),
    ...(row.file ? [part("source", sourceLink(room, row.file, failing))] : []),
  ];
}

/** What lint says of the widget's file. @param {import("../types").Problem} problem */
function problemPart({ line, message, hint }) {
  return element("p", { class: "finding bad" }, `${line ? `Line ${line}: ` : ""}${message}`, ...(hint ? [element("span", { class: "hint" }, ` ${hint}`)] : []));
}

/** @param {Gate[]} gates @param {string} name */
function gatesPart(gates, name) {
  return part(name, folded(element("summary", {}, "What was checked"), () => gateTable(gates)));
}

/**
 * A variation: how it fares, a way to be among those who get it, and all that a widget has.
 * @param {Room} room
 * @param {ExperienceRow} row
 * @param {VariationRow} variation
 * @param {WidgetsView} widgets
 * @param {(work: () => Promise<unknown>) => void} act
 */
function variationParts(room, row, variation, widgets, act) {
  const { id, label, from, to, verdict, reason, decision } = variation;
  const draw = () => act(async () => {
    await room.source.ask("store", "localStorage", `PathforaTest_${row.id}`, String((from + to) / 2));
    await room.source.ask("decideAgain");
  });
  const get = row.published ? button("plain-button", "Get this one", draw) : null;
  get?.setAttribute("aria-label", `Get the variation ${label}`);
  const head = element("div", { class: "head" }, element("span", { class: "title" }, `${label} · ${Math.round((to - from) * 100)} %`), chip(TONES[verdict] ?? "off", verdict), get);
  return [
    element(
      "div", { class: "variation", "data-variation": id },
      head,
      element("p", { class: "reason" }, reason),
      ...(decision ? [gatesPart(decision.gates, `gates ${id}`)] : []),
      ...(row.published && widgets.sdk ? [part(`force ${id}`, forceForm(room, { ...row, id, decision }, widgets.previewKey, act))] : []),
    ),
  ];
}

/** @param {string} name @param {HTMLElement} node */
function part(name, node) {
  node.dataset["part"] = name;
  return node;
}

/** @param {ExperienceRow} row */
function stages({ published, eligible, shown }) {
  const step = (/** @type {string} */ name, /** @type {boolean | null} */ is) => chip(is === null ? "off" : is ? "good" : "off", `${is === null ? "?" : is ? "✓" : "✗"} ${name}`);
  return element("p", { class: "stages" }, step("published", published), " ", step("for this visitor", eligible), " ", step("shown", shown));
}

/** @param {Room} room @param {ExperienceRow} row @param {PersonasIn} personas @param {(work: () => Promise<unknown>) => void} act */
function remedyParts(room, { decision }, personas, act) {
  const remedy = decision && remedyFor(decision, personas);
  if (!remedy) return [];
  const buttons = remedy.acts.map(({ label, run }) => button("plain-button", label, () => act(() => run(room.source))));
  return [element("p", { class: "remedy" }, `It would appear ${remedy.text}.`), ...(buttons.length ? [element("div", { class: "bar wrap" }, ...buttons)] : [])];
}

/** @param {Gate[]} gates */
function gateTable(gates) {
  const failing = gates.findIndex((gate) => gate.pass === false);
  const rows = gates.map((gate, index) =>
    element(
      "tr", index === failing ? { class: "failing" } : {},
      element("th", { scope: "row" }, gate.gate),
      element("td", {}, element("span", {}, gateSentence(gate)), element("span", { class: "values" }, valuesOf(gate))),
      element("td", {}, resultOf(gate)),
    ),
  );
  const titles = ["Gate", "What it found", "Result"].map((title) => element("th", { scope: "col" }, title));
  return element("table", { class: "fields gates" }, element("thead", {}, element("tr", {}, ...titles)), element("tbody", {}, ...rows));
}

/**
 * The bare values, for those who want them.
 * @param {Gate} gate
 */
function valuesOf({ actual, required }) {
  if (actual === undefined && required === undefined) return "";
  return `found ${inWords(actual)}; needs ${inWords(required)}`;
}

/** @param {Gate} gate */
function resultOf(gate) {
  if (gate.pass === null) return chip("wait", "open");
  return gate.pass ? chip("good", "pass") : chip("bad", "stops");
}

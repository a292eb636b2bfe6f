/** @import { Built, Gate, Room, Section } from "./types" */
/** @import { ExperienceRow } from "./experience_rows.js" */
import { chip, element, nothing } from "./dom.js";
import { experienceRows } from "./experience_rows.js";
import { currentSdk } from "./page_globals.js";
import { inWords } from "./tree.js";
import { gateSentence } from "./wording.js";

/** @type {Record<string, string>} */
const TONES = { shown: "good", waiting: "wait", hidden: "off", closed: "info", failed: "bad", "not published": "off" };

/** @type {Section} */
export const experiencesSection = {
  id: "experiences",
  label: "Experiences",
  topics: ["decision", "workspace", "tag", "persona"],
  build: buildExperiences,
};

/**
 * @param {Room} room
 * @returns {Built}
 */
function buildExperiences(room) {
  const list = element("ul", { class: "cards" });
  const scripts = element("p", { class: "hint" });
  /** @type {Map<string, {text: string, card: HTMLElement}>} */
  const cards = new Map();
  return {
    node: element("div", {}, list, scripts),
    async refresh() {
      const workspace = await room.server.workspace();
      const rows = experienceRows(workspace, room.watch.tag(), currentSdk());
      const nodes = rows.map((row) => cardFor(cards, row));
      const same = nodes.length === list.children.length && nodes.every((node, index) => node === list.children[index]);
      if (!same) list.replaceChildren(...nodes);
      if (!rows.length) list.replaceChildren(element("li", {}, nothing("No experience yet. Put one into the workspace's widgets folder.")));
      scripts.textContent = workspace.scripts.length ? `Plain scripts, served as they are: ${workspace.scripts.join(", ")}` : "";
    },
  };
}

/**
 * The card of a row; the same node for as long as the row lives, so that it stays open and keeps the focus.
 * @param {Map<string, {text: string, card: HTMLElement}>} cards
 * @param {ExperienceRow} row
 */
function cardFor(cards, row) {
  const text = JSON.stringify(row);
  const known = cards.get(row.id);
  const card = known?.card ?? element("li", { class: "card", "data-id": row.id });
  if (known?.text === text) return card;
  cards.set(row.id, { text, card });
  fillCard(card, row, row.decision?.gates ?? []);
  return card;
}

/**
 * @param {HTMLElement} card
 * @param {ExperienceRow} row
 * @param {Gate[]} gates
 */
function fillCard(card, row, gates) {
  const old = card.querySelector("details");
  if (!old || !gates.length) {
    card.replaceChildren(...headOf(row), ...(gates.length ? [gateDetails(gates)] : []));
    return;
  }
  old.querySelector("table")?.replaceWith(gateTable(gates));
  for (const node of [...card.children]) if (node !== old) node.remove();
  card.prepend(...headOf(row));
}

/** @param {ExperienceRow} row */
function headOf(row) {
  return [
    element("div", { class: "head" }, element("span", { class: "title" }, row.label), chip(TONES[row.verdict] ?? "off", row.verdict)),
    element("p", { class: "reason" }, row.reason),
    element("p", { class: "hint" }, row.label === row.id ? row.detail : `${row.id} · ${row.detail}`),
  ];
}

/** @param {Gate[]} gates */
function gateDetails(gates) {
  return element("details", { class: "branch" }, element("summary", {}, "What was checked"), gateTable(gates));
}

/** @param {Gate[]} gates */
function gateTable(gates) {
  const failing = gates.findIndex((gate) => gate.pass === false);
  const rows = gates.map((gate, index) =>
    element(
      "tr", index === failing ? { class: "failing" } : {},
      element("th", { scope: "row" }, gate.gate),
      element("td", { title: valuesOf(gate) }, gateSentence(gate)),
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
  return `found ${inWords(actual)}; needs ${inWords(required)}`;
}

/** @param {Gate} gate */
function resultOf(gate) {
  if (gate.pass === null) return chip("wait", "open");
  return gate.pass ? chip("good", "pass") : chip("bad", "stops");
}

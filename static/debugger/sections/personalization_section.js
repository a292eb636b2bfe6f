/** @import { Built, Room, Section, WidgetsView, WorkspaceView } from "../types" */
/** @import { ExperienceRow } from "./experience_rows.js" */
/** @import { PersonasIn } from "./remedies.js" */
import { button, element, nothing } from "../dom.js";
import { experienceRows } from "./experience_rows.js";
import { contentPart } from "./content_part.js";
import { cardParts } from "./experience_card.js";
import { createKept, MOST_SHOWN, placeAll, restText } from "./kept.js";
import { legacyPart } from "./legacy_part.js";

/** @type {Section} */
export const personalizationSection = {
  id: "personalization",
  label: "Personalization",
  topics: ["decision", "workspace", "tag", "persona", "override"],
  build: buildPersonalization,
};

/**
 * @param {Room} room
 * @returns {Built}
 */
function buildPersonalization(room) {
  const list = element("ul", { class: "cards" });
  const summary = element("p", { class: "hint", role: "status" });
  const [rest, scripts] = [element("p", { class: "hint" }), element("p", { class: "hint" })];
  const problem = element("p", { class: "error", role: "alert" });
  const search = element("input", { type: "search", class: "field", placeholder: "Find a widget", "aria-label": "Find a widget" });
  const outline = button("plain-button", "Outline on the page", async () => {
    await room.source.ask("outline", !(await room.source.ask("outlines")));
  });
  /** @type {Map<string, {text: string, card: HTMLElement}>} */
  const cards = new Map();
  /** @type {ExperienceRow[]} */
  let rows = [];
  let begun = false;
  const older = element("div", {});
  const kept = createKept();
  /** @type {(row: ExperienceRow) => HTMLElement} */
  let cardOf = () => none;
  const none = element("li", {}, nothing("No experience yet. Put one into the workspace's widgets folder."));
  const draw = () => {
    const wanted = search.value.trim().toLowerCase();
    const found = rows.filter((row) => textOf(row).includes(wanted));
    placeAll(list, rows.length ? found.slice(0, MOST_SHOWN).map(cardOf) : [none]);
    rest.textContent = restText(found.length);
  };
  search.addEventListener("input", draw);
  return {
    node: element("div", {}, element("div", { class: "bar" }, search, outline), summary, problem, list, rest, scripts, older, contentPart(room)),
    async refresh() {
      const [workspace, widgets, personas] = await Promise.all([workspaceOf(room, problem), room.source.ask("widgets"), personasIn(room)]);
      outline.setAttribute("aria-pressed", String(await room.source.ask("outlines")));
      if (!begun) search.value = (await room.source.ask("launch")).find; // what the page's address asked for
      begun = true;
      rows = experienceRows(workspace, widgets);
      cardOf = (row) => cardFor(room, cards, row, widgets, personas);
      summary.textContent = countedRows(rows, widgets);
      placeAll(older, [kept("legacy", widgets.legacy, () => legacyPart(widgets.legacy))]);
      scripts.textContent = scriptsText(workspace);
      draw();
    },
  };
}

/** @param {ExperienceRow} row */
function textOf({ id, label, verdict, reason, detail, variations }) {
  return [id, label, verdict, reason, detail, ...variations.map((one) => one.id)].join(" ").toLowerCase();
}

/**
 * The workspace; without it, what the page alone tells is shown, and why there is no more.
 * @param {Room} room
 * @param {HTMLElement} problem
 */
async function workspaceOf(room, problem) {
  try {
    const workspace = await room.server.workspace();
    problem.textContent = "";
    return workspace;
  } catch (error) {
    problem.className = room.server.stream ? "error" : "hint"; // on a site of no server of ours there is nothing amiss
    problem.textContent = `The workspace is not known. ${error instanceof Error ? error.message : error}`;
    return null;
  }
}

/** @param {ExperienceRow[]} rows @param {WidgetsView} widgets */
function countedRows(rows, { priority }) {
  const count = (/** @type {"published" | "eligible" | "shown"} */ what) => rows.filter((row) => row[what]).length;
  const order = priority === "ordered" ? " Priority is ordered: of those that may show, the first one does." : "";
  return `${rows.length} known, ${count("published")} published, ${count("eligible")} for this visitor, ${count("shown")} shown.${order}`;
}

/** @param {WorkspaceView | null} workspace */
function scriptsText(workspace) {
  return workspace?.scripts.length ? `Plain scripts, served as they are: ${workspace.scripts.join(", ")}` : "";
}

/**
 * Which personas are in each audience, as the server works it out; nothing without a server.
 * @param {Room} room
 * @returns {Promise<PersonasIn>}
 */
async function personasIn(room) {
  /** @type {PersonasIn} */
  const found = new Map();
  const answer = /** @type {{personas: {id: string, label: string, audiences: string[]}[]}} */ (await room.server.get("persona-audiences").catch(() => ({ personas: [] })));
  for (const { id, label, audiences } of answer.personas ?? []) {
    for (const slug of audiences) found.set(slug, [...(found.get(slug) ?? []), { id, label }]);
  }
  return found;
}

/**
 * The card of a row; the same node for as long as the row lives, so that it stays open and keeps the focus.
 * @param {Room} room
 * @param {Map<string, {text: string, card: HTMLElement}>} cards
 * @param {ExperienceRow} row
 * @param {WidgetsView} widgets
 * @param {PersonasIn} personas
 */
function cardFor(room, cards, row, widgets, personas) {
  const text = JSON.stringify([row, widgets.previewKey, widgets.forces, [...personas]]);
  const known = cards.get(row.id);
  const card = known?.card ?? element("li", { class: "card", "data-id": row.id });
  if (known?.text === text) return card;
  cards.set(row.id, { text, card });
  const open = new Set([...card.querySelectorAll("details[open]")].map((node) => node.getAttribute("data-part")));
  const root = card.getRootNode();
  const focused = root instanceof ShadowRoot && card.contains(root.activeElement) ? (root.activeElement?.textContent ?? null) : null;
  card.replaceChildren(...cardParts(room, row, widgets, personas));
  for (const part of card.querySelectorAll("details")) {
    part.open = open.has(part.getAttribute("data-part"));
    part.dispatchEvent(new Event("toggle")); // the browser's own comes later, and what is folded has to be there now
  }
  const twin = focused === null ? undefined : [...card.querySelectorAll("summary, button")].find((node) => node.textContent === focused);
  if (twin instanceof HTMLElement) twin.focus({ preventScroll: true });
  return card;
}

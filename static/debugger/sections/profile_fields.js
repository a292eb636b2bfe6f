/** @import { ProfileView, Provenance } from "../types" */
import { element, nothing } from "../dom.js";
import { brief, tree } from "../tree.js";
import { MOST_SHOWN, placeAll, restText } from "./kept.js";
import { ago } from "./times.js";

/** All fields with their type, how fresh they are and the event that set each last. */
export function createFieldsPart() {
  const search = element("input", { type: "search", class: "field", placeholder: "Find a field", "aria-label": "Find a field" });
  const [title, second] = [element("h3", {}), element("th", { scope: "col" })];
  const body = element("tbody", {});
  const head = element("tr", {}, element("th", { scope: "col" }, "Field"), second, element("th", { scope: "col" }, "Type"));
  const table = element("table", { class: "fields" }, element("thead", {}, head), body);
  const none = nothing("Not provided: no event has set a field.");
  const note = element("p", { class: "hint", role: "status" });
  /** @type {Map<string, ReturnType<typeof createRow>>} */
  const rows = new Map();
  /** @type {ProfileView["fields"]} */
  let fields = [];
  /** @type {Provenance | null} */
  let provenance = null;
  const draw = () => {
    const wanted = search.value.trim().toLowerCase();
    const found = fields.filter((field) => `${field.name} ${brief(field.value)} ${field.type}`.toLowerCase().includes(wanted));
    placeAll(body, found.slice(0, MOST_SHOWN).map((field) => {
      const row = rows.get(field.name) ?? createRow(field.name);
      rows.set(field.name, row);
      row.show(field, provenance);
      return row.node;
    }));
    note.textContent = restText(found.length);
  };
  search.addEventListener("input", draw);
  return {
    node: element("section", { class: "group" }, title, none, element("div", { class: "bar" }, search), table, note),
    /** @param {ProfileView} view @param {Provenance | null} known */
    show(view, known) {
      [fields, provenance] = [view.fields, known];
      title.textContent = fields.length ? `Fields (${fields.length})` : "Fields";
      none.hidden = fields.length > 0;
      table.hidden = search.hidden = !none.hidden;
      second.textContent = provenance ? "Value, and what set it" : "Value";
      draw();
    },
  };
}

/** A line that changes only where its field has. @param {string} name */
function createRow(name) {
  const [value, type] = [element("td", {}), element("td", { class: "hint" })];
  const by = element("span", { class: "values" });
  const node = element("tr", {}, element("th", { scope: "row" }, name), value, type);
  let shown = "";
  return {
    node,
    /** @param {ProfileView["fields"][number]} field @param {Provenance | null} provenance */
    show(field, provenance) {
      const text = JSON.stringify([field.type, field.value, provenance !== null]);
      if (text !== shown) {
        const nested = typeof field.value === "object" && field.value !== null;
        value.replaceChildren(nested ? tree(brief(field.value).slice(0, 40), field.value) : brief(field.value), ...(provenance ? [by] : []));
        type.textContent = field.type;
        shown = text;
      }
      const setter = provenance ? setterOf(name, provenance) : "";
      if (by.textContent !== setter) by.textContent = setter;
    },
  };
}

/** @param {string} name @param {Provenance} provenance */
function setterOf(name, { fields }) {
  const by = fields[name];
  if (by) return `${by.title} · event ${by.event_id} · ${ago(by.time, Date.now())}`;
  return name in fields ? "worked out" : "no event that is kept";
}

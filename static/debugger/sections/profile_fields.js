/** @import { ProfileView, Provenance } from "../types" */
import { element, group, nothing } from "../dom.js";
import { brief, tree } from "../tree.js";
import { ago } from "./times.js";

/**
 * All fields with their type, how fresh they are and the event that set each last.
 * @param {ProfileView} view
 * @param {Provenance | null} provenance
 */
export function fieldsGroup(view, provenance) {
  if (!view.fields.length) return group("Fields", nothing("Not provided: no event has set a field."));
  const search = element("input", { type: "search", class: "field", placeholder: "Find a field", "aria-label": "Find a field" });
  const rows = view.fields.map((field) => row(field, provenance));
  search.addEventListener("input", () => {
    const wanted = search.value.trim().toLowerCase();
    for (const node of rows) node.hidden = !node.textContent?.toLowerCase().includes(wanted);
  });
  const titles = ["Field", provenance ? "Value, and what set it" : "Value", "Type"];
  return group(
    `Fields (${view.fields.length})`,
    element("div", { class: "bar" }, search),
    element("table", { class: "fields" }, element("thead", {}, element("tr", {}, ...titles.map((title) => element("th", { scope: "col" }, title)))), element("tbody", {}, ...rows)),
  );
}

/** @param {ProfileView["fields"][number]} field @param {Provenance | null} provenance */
function row({ name, type, value }, provenance) {
  const nested = typeof value === "object" && value !== null;
  const by = provenance?.fields[name];
  const set = by ? `${by.title} · event ${by.event_id} · ${ago(by.time, Date.now())}` : name in (provenance?.fields ?? {}) ? "worked out" : "no event that is kept";
  return element(
    "tr", {},
    element("th", { scope: "row" }, name),
    element("td", {}, nested ? tree(brief(value).slice(0, 40), value) : brief(value), provenance ? element("span", { class: "values" }, set) : null),
    element("td", { class: "hint" }, type),
  );
}

/** @import { ProfileView, ReasonView, Room } from "../types" */
import { chip, element, group, nothing } from "../dom.js";
import { brief } from "../tree.js";

const RESULT_TONES = { pass: "good", fail: "bad", unknown: "wait" };

/**
 * Audiences with a search; each opens to the conditions that decided it, as the server evaluated them.
 * @param {Room} room
 * @param {ProfileView} view
 */
export function audiencesGroup(room, view) {
  const members = view.audiences.filter((audience) => audience.member);
  const search = element("input", { type: "search", class: "field", placeholder: "Find an audience", "aria-label": "Find an audience" });
  const all = [...members, ...view.audiences.filter((audience) => !audience.member)];
  const items = all.map((audience) => ({ audience, node: audienceItem(room, view.uid, audience) }));
  const builtIn = members.filter(({ own }) => !own).length;
  const note = element("p", { class: "hint", role: "status" });
  const every = element("input", { type: "checkbox", id: "built-in" });
  const filter = () => {
    const wanted = search.value.trim().toLowerCase();
    for (const { audience, node } of items) {
      node.hidden = wanted ? !`${audience.slug} ${audience.name}`.toLowerCase().includes(wanted) : !audience.own && !(audience.member && every.checked);
    }
    note.textContent = wanted ? `${items.filter(({ node }) => !node.hidden).length} found.` : "The search finds built-in audiences too, and those that the visitor is not in.";
  };
  for (const control of [search, every]) control.addEventListener("input", filter);
  filter();
  return group(
    `Audiences (${members.length})`,
    element("div", { class: "bar" }, search),
    members.length ? "" : nothing("In no audience."),
    element("ul", { class: "plain" }, ...items.map(({ node }) => node)),
    builtIn ? element("p", { class: "check" }, every, element("label", { for: "built-in" }, `The ${builtIn} built-in ones that the visitor is in`)) : "",
    note,
  );
}

/** @param {Room} room @param {string} uid @param {ProfileView["audiences"][number]} audience */
function audienceItem(room, uid, { slug, name, own, member }) {
  const label = element("summary", {}, chip(member ? (own ? "good" : "info") : "off", member ? "in" : "not in"), ` ${slug} `, element("span", { class: "hint" }, own ? (name === slug ? "" : name) : "built in"));
  const body = element("div", { class: "twigs" });
  const details = element("details", { class: "branch" }, label, body);
  details.addEventListener("toggle", async () => {
    if (!details.open || body.hasChildNodes()) return;
    try {
      const path = `reason?uid=${encodeURIComponent(uid)}&audience=${encodeURIComponent(slug)}`;
      const { reason, next } = /** @type {{reason: ReasonView, next: string}} */ (await room.server.get(path));
      body.replaceChildren(reasonTree(reason), element("p", { class: "hint" }, next));
    } catch (error) {
      body.replaceChildren(element("p", { class: "hint" }, `Why is not known. ${error instanceof Error ? error.message : error}`));
    }
  });
  return element("li", {}, details);
}

/** @param {ReasonView} reason @returns {HTMLElement} */
function reasonTree({ text, result, seen, place, note, parts }) {
  const notes = [...Object.entries(seen).map(([name, value]) => `${name} is ${value === null ? "missing" : brief(value)}`), place, note].filter(Boolean).join(", ");
  return element(
    "div", { class: "leaf" },
    chip(RESULT_TONES[result], result),
    " ",
    element("code", {}, text),
    notes ? element("span", { class: "hint" }, ` ${notes}`) : null,
    parts.length ? element("div", { class: "twigs" }, ...parts.map(reasonTree)) : null,
  );
}

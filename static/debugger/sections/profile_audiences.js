/** @import { ProfileView, ReasonView, Room } from "../types" */
import { chip, element, nothing } from "../dom.js";
import { brief } from "../tree.js";
import { MOST_SHOWN, placeAll, restText } from "./kept.js";

const RESULT_TONES = { pass: "good", fail: "bad", unknown: "wait" };

/** @typedef {ProfileView["audiences"][number]} Standing */

/**
 * Audiences with a search; each opens to the conditions that decided it, as the server evaluated them.
 * @param {Room} room
 */
export function createAudiencesPart(room) {
  const title = element("h3", {});
  const search = element("input", { type: "search", class: "field", placeholder: "Find an audience", "aria-label": "Find an audience" });
  const none = nothing("In no audience.");
  const list = element("ul", { class: "plain" });
  const every = element("input", { type: "checkbox", id: "built-in" });
  const label = element("label", { for: "built-in" });
  const box = element("p", { class: "check" }, every, label);
  const note = element("p", { class: "hint", role: "status" });
  /** @type {Map<string, ReturnType<typeof createItem>>} */
  const items = new Map();
  /** @type {ProfileView | null} */
  let view = null;
  const itemOf = (/** @type {Standing} */ audience) => {
    const key = JSON.stringify([view?.uid, audience]);
    const item = items.get(key) ?? createItem(room, view?.uid ?? "", audience);
    items.set(key, item);
    return item;
  };
  const draw = () => {
    const wanted = search.value.trim().toLowerCase();
    const found = (view?.audiences ?? [])
      .filter((one) => (wanted ? `${one.slug} ${one.name}`.toLowerCase().includes(wanted) : one.own || (one.member && every.checked)))
      .sort((one, other) => Number(other.member) - Number(one.member));
    placeAll(list, found.slice(0, MOST_SHOWN).map((one) => itemOf(one).node));
    note.textContent = `${restText(found.length)} ${wanted ? `${found.length} found.` : "The search finds built-in audiences too, and those that the visitor is not in."}`.trim();
  };
  for (const control of [search, every]) control.addEventListener("input", draw);
  return {
    node: element("section", { class: "group" }, title, element("div", { class: "bar" }, search), none, list, box, note),
    /** @param {ProfileView} now */
    show(now) {
      view = now;
      const members = now.audiences.filter(({ member }) => member);
      const builtIn = members.filter(({ own }) => !own).length;
      title.textContent = `Audiences (${members.length})`;
      none.hidden = members.length > 0;
      box.hidden = !builtIn;
      label.textContent = `The ${builtIn} built-in ones that the visitor is in`;
      draw();
      for (const [key, item] of items) {
        if (item.node.isConnected) item.renew();
        else items.delete(key);
      }
    },
  };
}

/** @param {Room} room @param {string} uid @param {Standing} audience */
function createItem(room, uid, { slug, name, own, member }) {
  const label = element("summary", {}, chip(member ? (own ? "good" : "info") : "off", member ? "in" : "not in"), ` ${slug} `, element("span", { class: "hint" }, own ? (name === slug ? "" : name) : "built in"));
  const body = element("div", { class: "twigs" });
  const details = element("details", { class: "branch" }, label, body);
  let shown = "";
  const ask = async () => {
    try {
      const path = `reason?uid=${encodeURIComponent(uid)}&audience=${encodeURIComponent(slug)}`;
      const { reason, next } = /** @type {{reason: ReasonView, next: string}} */ (await room.server.get(path));
      const text = JSON.stringify([reason, next]);
      if (text === shown) return;
      shown = text;
      body.replaceChildren(reasonTree(reason), element("p", { class: "hint" }, next));
    } catch (error) {
      shown = "";
      body.replaceChildren(element("p", { class: "hint" }, `Why is not known. ${error instanceof Error ? error.message : error}`));
    }
  };
  details.addEventListener("toggle", () => details.open && void ask());
  return {
    node: element("li", {}, details),
    /** The profile is another: what is open is answered by it. */
    renew: () => details.open && void ask(),
  };
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

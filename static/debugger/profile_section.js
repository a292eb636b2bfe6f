/** @import { Built, ProfileView, Room, Section } from "./types" */
import { chip, element, group, nothing } from "./dom.js";
import { visitorId } from "./page_globals.js";
import { brief, tree } from "./tree.js";

/** @type {Section} */
export const profileSection = {
  id: "profile",
  label: "Profile",
  topics: ["entity", "receipt", "persona", "workspace"],
  build: buildProfile,
};

/**
 * @param {Room} room
 * @returns {Built}
 */
function buildProfile(room) {
  const node = element("div", {});
  let shown = "";
  return {
    node,
    async refresh() {
      const uid = visitorId();
      const profile = uid ? /** @type {ProfileView} */ (await room.server.get(`profile?uid=${encodeURIComponent(uid)}`)) : null;
      const text = JSON.stringify(profile);
      if (text === shown) return; // branches that the reader opened stay open
      shown = text;
      node.replaceChildren(...(profile ? view(profile) : [nothing("This browser has no visitor id yet; the tag sets one with the first event.")]));
    },
  };
}

/** @param {ProfileView} profile */
function view(profile) {
  const members = profile.audiences.filter((audience) => audience.member);
  const others = profile.audiences.filter((audience) => !audience.member);
  return [
    group("Visitor", element("p", { class: "mono" }, profile.uid), profile.found ? "" : nothing("The server has no profile of this visitor yet.")),
    group(`Audiences (${members.length})`, chips(members, "In no audience."), others.length ? more(others) : ""),
    group("Fields", profile.fields.length ? fields(profile) : nothing("Not provided: no event has set a field.")),
  ];
}

/**
 * Audiences, those of the workspace in colour when the visitor is in them.
 * @param {ProfileView["audiences"]} audiences
 * @param {string} none
 */
function chips(audiences, none) {
  if (!audiences.length) return nothing(none);
  return element("ul", { class: "chips" }, ...audiences.map(({ slug, name, own, member }) => {
    const item = chip(member && own ? "good" : "off", slug);
    item.title = own ? name : `${name} (built in)`;
    return element("li", {}, item);
  }));
}

/** @param {ProfileView["audiences"]} audiences */
function more(audiences) {
  return element("details", { class: "branch" }, element("summary", {}, `Not in ${audiences.length} others`), chips(audiences, ""));
}

/** @param {ProfileView} profile */
function fields(profile) {
  const rows = profile.fields.map(({ name, type, value }) => {
    const nested = typeof value === "object" && value !== null;
    return element(
      "tr", {},
      element("th", { scope: "row" }, name),
      element("td", {}, nested ? tree(brief(value).slice(0, 40), value) : brief(value)),
      element("td", { class: "hint" }, type),
    );
  });
  return element(
    "table", { class: "fields" },
    element("thead", {}, element("tr", {}, ...["Field", "Value", "Type"].map((title) => element("th", { scope: "col" }, title)))),
    element("tbody", {}, ...rows),
  );
}

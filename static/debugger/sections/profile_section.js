/** @import { Built, ProfileView, Provenance, Room, Section } from "../types" */
import { saveFile } from "../copying.js";
import { button, element, group, nothing } from "../dom.js";
import { remember, remembered } from "../memory.js";
import { createAbsenceLookup } from "./profile_absence.js";
import { createKept, placeAll } from "./kept.js";
import { createAudiencesPart } from "./profile_audiences.js";
import { createFieldsPart } from "./profile_fields.js";
import { interestsGroup, scoresGroup } from "./profile_scores.js";
import { changesGroup } from "./profile_changes.js";
import { ago } from "./times.js";

/** @typedef {{user: Record<string, unknown> | null, segments: string[] | null}} InPage the profile as the page has it */

/** @type {Section} */
export const profileSection = {
  id: "profile",
  label: "Profile",
  topics: ["entity", "receipt", "persona", "workspace", "moved", "override"],
  build: buildProfile,
};

/**
 * @param {Room} room
 * @returns {Built}
 */
function buildProfile(room) {
  const node = element("div", {});
  const absence = createAbsenceLookup();
  const why = group("Why is a field not there?", absence.node);
  const [audiences, fields, kept] = [createAudiencesPart(room), createFieldsPart(), createKept()];
  /** @type {ProfileView | null} */
  let newest = null;
  let shown = "";
  /** The page load that was looked at last. */
  let load = "";
  return {
    node,
    async refresh() {
      const page = await room.source.ask("page");
      const { uid } = page.visitor;
      const inPage = await room.source.ask("entity");
      const [profile, provenance] = await Promise.all([asked(room, "profile", uid), asked(room, "provenance", uid)]);
      const text = JSON.stringify([uid, profile, inPage, provenance]);
      if (text === shown) return;
      shown = text;
      const view = /** @type {ProfileView | null} */ (profile) ?? fromPage(uid, inPage);
      const before = beforeThis(page.load, load, view);
      load = page.load;
      absence.use(view, inPage, /** @type {Provenance | null} */ (provenance));
      placeAll(node, contents(view, before, /** @type {Provenance | null} */ (provenance)));
    },
  };

  /** @param {ProfileView} view @param {ProfileView | null} before @param {Provenance | null} provenance */
  function contents(view, before, provenance) {
    if (!view.uid) return [kept("nobody", "", () => nothing("This browser has no visitor id yet; the tag sets one with the first event."))];
    newest = view;
    audiences.show(view);
    fields.show(view, provenance);
    const facts = summaryRows(view);
    return [
      kept("summary", [view.uid, view.found, facts], () => summary(view, facts, () => newest)),
      kept("changes", [before, view], () => changesGroup(before, view)),
      audiences.node,
      kept("scores", view.fields.filter(({ name }) => name.startsWith("score_")), () => scoresGroup(view)),
      kept("interests", view.fields.find(({ name }) => name === "lytics_content"), () => interestsGroup(view)),
      fields.node,
      why,
    ];
  }
}

/** @param {ProfileView} view @returns {[string, string][]} */
function summaryRows({ fields }) {
  const field = (/** @type {string} */ name) => fields.find((one) => one.name === name)?.value;
  const last = Date.parse(String(field("last_active_ts") ?? field("_modified") ?? ""));
  return [
    ["Profile id", String(field("_id") ?? "not provided")],
    ["Fields", String(fields.length)],
    ["Events", String(field("_num_events") ?? "not provided")],
    ["Last active", Number.isNaN(last) ? "not provided" : ago(last, Date.now())],
  ];
}

/** @param {ProfileView} view @param {[string, string][]} rows @param {() => ProfileView | null} newest */
function summary({ uid, found }, rows, newest) {
  const save = button("plain-button", "Save profile as JSON", () => saveFile("profile.json", JSON.stringify(asSaved(newest()), null, 2)));
  return group(
    "Visitor",
    element("p", { class: "mono" }, uid),
    found ? "" : nothing("The server has no profile of this visitor yet."),
    element("dl", { class: "rows" }, ...rows.flatMap(([name, value]) => [element("dt", {}, name), element("dd", value === "not provided" ? { class: "absent" } : {}, value)])),
    save,
  );
}

/** The profile in the form that a tag hands it to a page: fields, and audiences as `segments`. @param {ProfileView | null} view */
function asSaved(view) {
  const fields = Object.fromEntries((view?.fields ?? []).map(({ name, value }) => [name, value]));
  const segments = (view?.audiences ?? []).filter(({ member }) => member).map(({ slug }) => slug);
  return { ...fields, segments };
}

/** @param {Room} room @param {string} path @param {string | null} uid */
function asked(room, path, uid) {
  return uid ? room.server.get(`${path}?uid=${encodeURIComponent(uid)}`).catch(() => null) : Promise.resolve(null);
}

/** Without a server, what the page has. @param {string | null} uid @param {InPage} inPage @returns {ProfileView} */
function fromPage(uid, { user, segments }) {
  const fields = Object.entries(user ?? {}).filter(([name]) => name !== "segments").map(([name, value]) => ({ name, type: Array.isArray(value) ? "list" : value === null ? "null" : typeof value, value }));
  return { uid: uid ?? "", found: user !== null, fields, audiences: (segments ?? []).map((slug) => ({ slug, name: slug, own: true, member: true })) };
}

/**
 * The profile as it was seen last on another page load, kept in this tab while this section is used.
 * @param {string} load
 * @param {string} known
 * @param {ProfileView} view
 * @returns {ProfileView | null}
 */
function beforeThis(load, known, view) {
  const kept = /** @type {{load: string, now: ProfileView, before: ProfileView | null} | null} */ (remembered("sessionStorage", "profile"));
  const before = kept && kept.now.uid === view.uid ? (kept.load === load ? kept.before : kept.now) : null;
  if (view.uid) remember("sessionStorage", "profile", { load, now: view, before: known || kept?.load !== load ? before : (kept?.before ?? null) });
  return before;
}

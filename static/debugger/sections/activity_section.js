/** @import { Built, LogEntry, Room, Section, Stored } from "../types" */
/** @import { Imported } from "./activity_tools.js" */
import { button, element, nothing } from "../dom.js";
import { parseFilter, passesFilter } from "../log/filter.js";
import { createVirtualList } from "../virtual_list.js";
import { activityDetail } from "./activity_detail.js";
import { createActivityFilters } from "./activity_filters.js";
import { activityItems } from "./activity_rows.js";
import { createActivityTools } from "./activity_tools.js";
import { createExpectedEvents } from "./expected_events.js";
import { createLogMirror } from "./log_mirror.js";
import { createSchemaChecks } from "./schema_checks.js";

const EARLIER = 50;

/** @type {Section} */
export const activitySection = {
  id: "activity",
  label: "Activity",
  topics: ["log", "persona", "workspace"],
  build: buildActivity,
};

/**
 * @param {Room} room
 * @returns {Built}
 */
function buildActivity(room) {
  const mirror = createLogMirror(room.source);
  const checks = createSchemaChecks(room.server);
  const detail = element("div", { class: "detail", hidden: "", role: "region", "aria-label": "The chosen line", tabindex: "0" });
  const [note, empty] = [element("p", { class: "hint", role: "status" }), element("div", {})];
  /** @type {Imported} */
  let imported = null;
  /** @type {LogEntry[]} */
  let shown = [];
  let [load, described, begun] = ["", "", false];

  const lineOf = (/** @type {string} */ key) => (imported ? imported.entries.find((entry) => String(entry.key) === key) : mirror.get(Number(key)));
  const describe = () => {
    const entry = lineOf(list.chosen());
    const version = entry ? `${entry.key}.${entry.rev}.${checks.faults().has(entry.key)}` : "";
    detail.hidden = !entry;
    // Somebody who types there, or reads with a keyboard, goes on with what was there.
    if (!entry || version === described || (described.startsWith(`${entry.key}.`) && detail.matches(":focus-within"))) return;
    described = version;
    detail.replaceChildren(...activityDetail(entry, checks.faults().get(entry.key) ?? [], tools.redacts, (stream, data) => room.source.ask("send", stream, data)));
  };
  const list = createVirtualList("Activity", describe);
  detail.addEventListener("focusout", ({ relatedTarget }) => detail.contains(/** @type {Node | null} */ (relatedTarget)) || describe());
  const draw = () => {
    const all = imported?.entries ?? mirror.entries();
    const [terms, kind] = [parseFilter(filters.text()), filters.kind()];
    shown = all.filter((entry) => (!kind || entry.kind === kind) && passesFilter(entry, terms));
    list.show(activityItems(shown, imported ? "" : load, checks.faults()));
    empty.replaceChildren(...(shown.length ? [] : [nothing(all.length ? "Nothing passes the filter." : imported ? "No line was saved in this session." : "Nothing seen yet: reload the page, or send an event.")]));
    note.replaceChildren(imported ? `${imported.name}: ${shown.length} of ${all.length} lines. ` : counted(shown.length, mirror.total(), mirror.limit()), ...(imported ? [back] : []));
    expected.draw(mirror.entries());
    describe();
  };
  const look = (/** @type {Imported} */ given) => {
    imported = given;
    described = "";
    draw();
  };
  const back = button("plain-button", "Back to this page", () => look(null));
  const filters = createActivityFilters(room, draw);
  const tools = createActivityTools(room, () => shown, look);
  const expected = createExpectedEvents(draw);
  const keep = keepBox(room);
  const clear = button("plain-button", "Clear", () => void room.source.ask("clearLog"));
  filters.row.append(clear);
  const earlier = createEarlier(room);
  const more = element("details", { class: "branch" }, element("summary", {}, "Filters and keeping"), filters.help, filters.more, keep.node);
  return {
    node: element("div", { class: "activity" }, filters.row, note, empty, list.node, detail, more, tools.node, expected.node),
    async refresh() {
      if (!begun) {
        begun = true;
        filters.set((await room.source.ask("launch")).filter);
        filters.draw();
      }
      const fresh = await mirror.follow();
      if (!load) load = (await room.source.ask("page")).load;
      await keep.refresh();
      draw();
      await earlier();
      if (await checks.check(fresh)) draw();
    },
  };
}

/** @param {number} shown @param {number} total @param {number} limit */
function counted(shown, total, limit) {
  const kept = `at most ${limit.toLocaleString("en")} are kept`;
  return total > limit ? `${shown} shown, newest first; ${kept}, ${(total - limit).toLocaleString("en")} older ones are gone.` : `${shown} shown, newest first; ${kept}.`;
}

/**
 * What the server stored of this visitor before the page was loaded, asked for once for each visitor.
 * @param {Room} room
 */
function createEarlier(room) {
  let asked = "";
  return async () => {
    const { visitor } = await room.source.ask("page");
    if (!visitor.uid || visitor.uid === asked) return;
    asked = visitor.uid;
    const answer = await room.server.get(`events?uid=${encodeURIComponent(visitor.uid)}&limit=${EARLIER}`).catch(() => ({ events: [] }));
    const { events } = /** @type {{events: Stored[]}} */ (answer);
    if (events.length) await room.source.ask("addStored", events);
  };
}

/** @param {Room} room */
function keepBox(room) {
  const box = element("input", { type: "checkbox", id: "keep-log" });
  box.addEventListener("change", () => void room.source.ask("keepLog", box.checked));
  return {
    node: element("p", { class: "check" }, box, element("label", { for: "keep-log" }, "Keep the newest lines when the page loads again (in this tab)")),
    async refresh() {
      box.checked = await room.source.ask("keepsLog");
    },
  };
}

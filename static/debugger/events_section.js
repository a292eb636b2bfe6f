/** @import { Built, LogEntry, Room, Section, Stored } from "./types" */
import { button, chip, clockTime, element, nothing } from "./dom.js";
import { visitorId } from "./page_globals.js";
import { brief, tree } from "./tree.js";

const EARLIER = 50;
const TONES_OF_STATE = { sending: "wait", sent: "info", failed: "bad", note: "off" };

/** @type {Section} */
export const eventsSection = {
  id: "events",
  label: "Events",
  topics: ["log", "persona"],
  build: buildEvents,
};

/**
 * @param {Room} room
 * @returns {Built}
 */
function buildEvents(room) {
  const filter = element("input", { type: "search", class: "field", placeholder: "Filter events", "aria-label": "Filter events" });
  const list = element("ol", { class: "log" });
  const note = element("p", { class: "hint" });
  /** @type {Map<number, {text: string, row: HTMLElement}>} rows are kept, so that open ones stay open */
  const rows = new Map();
  let since = 0;
  let asked = "";

  const draw = () => {
    const wanted = filter.value.trim().toLowerCase();
    const entries = room.log.entries().filter((entry) => entry.time >= since && matches(entry, wanted));
    list.replaceChildren(...entries.map((entry) => rowOf(rows, entry)));
    if (!entries.length) list.replaceChildren(element("li", {}, nothing(wanted ? "No event matches the filter." : "No event yet.")));
    note.textContent = room.log.total() > room.log.limit ? `The newest ${room.log.limit} are kept.` : `${entries.length} shown, newest first.`;
  };
  filter.addEventListener("input", draw);
  const clear = button("plain-button", "Clear", () => {
    since = Date.now();
    rows.clear();
    room.log.clear();
  });
  return {
    node: element("div", {}, element("div", { class: "bar" }, filter, clear), note, list),
    async refresh() {
      draw();
      const uid = visitorId();
      if (!uid || uid === asked) return;
      asked = uid;
      const { events } = /** @type {{events: Stored[]}} */ (await room.server.get(`events?uid=${encodeURIComponent(uid)}&limit=${EARLIER}`));
      for (const stored of events) room.log.store(stored);
    },
  };
}

/**
 * @param {LogEntry} entry
 * @param {string} wanted
 */
function matches(entry, wanted) {
  return !wanted || `${entry.title} ${entry.topic} ${brief(entry.data)} ${JSON.stringify(entry.stored) ?? ""}`.toLowerCase().includes(wanted);
}

/**
 * @param {Map<number, {text: string, row: HTMLElement}>} rows
 * @param {LogEntry} entry
 */
function rowOf(rows, entry) {
  const text = `${entry.state}|${entry.topic}|${entry.stored?.event_id ?? ""}|${entry.stored?.changed ? 1 : 0}`;
  const known = rows.get(entry.key);
  if (known?.text === text) return known.row;
  const open = known?.row.querySelector("details")?.open ?? false;
  const row = element("li", {}, details(entry, open));
  rows.set(entry.key, { text, row });
  return row;
}

/**
 * @param {LogEntry} entry
 * @param {boolean} open
 */
function details(entry, open) {
  const marks = element("span", { class: "marks" }, ...marksOf(entry));
  const summary = element("summary", {}, element("time", {}, clockTime(entry.time)), element("span", { class: "title" }, entry.title), marks);
  const node = element("details", { class: "event" }, summary);
  node.addEventListener("toggle", () => {
    if (node.open && node.childElementCount === 1) node.append(body(entry));
  });
  node.open = open;
  return node;
}

/** @param {LogEntry} entry */
function marksOf(entry) {
  const marks = [];
  if (entry.kind === "tag") marks.push(entry.state === "failed" ? chip("bad", "failed") : chip("off", "tag"));
  if (entry.kind === "collect" && !entry.stored) marks.push(chip(TONES_OF_STATE[entry.state], entry.state));
  if (entry.stored) marks.push(chip("good", "stored"));
  return marks;
}

/** @param {LogEntry} entry */
function body(entry) {
  const { stored } = entry;
  const node = element("div", { class: "twigs" });
  if (stored) {
    node.append(element("div", { class: "leaf" }, `Stored as event ${stored.event_id}${stored.stream ? ` in stream ${stored.stream}` : ""}.`));
    for (const [name, [before, after]] of Object.entries(stored.changed ?? {})) {
      node.append(element("div", { class: "leaf" }, element("span", { class: "key" }, name), ` ${brief(before)} → ${brief(after)}`));
    }
    for (const slug of stored.entered ?? []) node.append(element("div", { class: "leaf" }, chip("good", "entered"), ` ${slug}`));
    for (const slug of stored.left ?? []) node.append(element("div", { class: "leaf" }, chip("off", "left"), ` ${slug}`));
  }
  if (entry.url) node.append(element("div", { class: "leaf url" }, entry.url));
  if (entry.data !== undefined) node.append(tree(entry.kind === "tag" ? "payload" : "data", entry.data, true));
  return node;
}

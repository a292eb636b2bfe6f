/** @import { Room } from "../types" */
import { button, element, group, nothing } from "../dom.js";
import { remember, remembered } from "../memory.js";
import { brief } from "../tree.js";
import { createActing } from "./acting.js";
import { dateAndTime } from "./times.js";

const MOST_LINES = 200;

/** The key of the tab's storage under which a snapshot lasts, so that what a load of the page changes can be seen. */
const SNAPSHOT = "snapshot";
/** @typedef {{time: number, address: string, facts: [string, unknown][]}} Snapshot */

/**
 * How everything stands, taken at one moment to compare with another, in this tab: configuration, profile, storage, decisions.
 * @param {Room} room
 */
export function createSnapshotsPart(room) {
  const { error, act } = createActing();
  const result = element("div", {});
  /** @type {Snapshot | null} */
  let taken = remembered("sessionStorage", SNAPSHOT);
  const say = () => taken && result.replaceChildren(element("p", { class: "hint", role: "status" }, `Taken on ${dateAndTime(taken.time)}, of ${taken.address}.`));
  const take = async () => {
    const [{ address }, facts] = await Promise.all([room.source.ask("page"), factsOf(room)]);
    taken = { time: performance.timeOrigin + performance.now(), address, facts: [...facts] };
    remember("sessionStorage", SNAPSHOT, taken);
    say();
  };
  const compare = async () => {
    if (!taken) return void result.replaceChildren(nothing("Take a snapshot first."));
    result.replaceChildren(...differences(new Map(taken.facts), await factsOf(room)));
  };
  say();
  return {
    node: group(
      "Compare two moments",
      element("div", { class: "bar wrap" }, button("plain-button", "Take a snapshot", () => act(take)), button("plain-button", "Compare with now", () => act(compare))),
      result,
      error,
    ),
    refresh: () => Promise.resolve(),
  };
}

/** Every value by its path. @param {Room} room */
async function factsOf({ source }) {
  const [config, entity, storage, widgets] = await Promise.all([source.ask("config"), source.ask("entity"), source.ask("storage"), source.ask("widgets")]);
  /** @type {Map<string, unknown>} */
  const facts = new Map();
  collect(facts, "config", config);
  collect(facts, "profile", { ...entity.user, segments: undefined }); // its audiences follow, each by its name
  collect(facts, "audiences", Object.fromEntries((entity.segments ?? []).map((slug) => [slug, "in"])));
  for (const { area, key, raw } of storage) if (key !== `understudy:${SNAPSHOT}`) facts.set(`${area} ${key}`, raw);
  for (const { id, verdict, gates } of widgets.decisions) {
    facts.set(`widget ${id}`, verdict);
    for (const { gate, pass } of gates) facts.set(`widget ${id} ${gate}`, pass === null ? "open" : pass ? "pass" : "stops");
  }
  return facts;
}

/** @param {Map<string, unknown>} facts @param {string} path @param {unknown} value */
function collect(facts, path, value) {
  if (value === null || typeof value !== "object") {
    if (value !== undefined) facts.set(path, value);
    return;
  }
  const isList = Array.isArray(value) && value.every((item) => item === null || typeof item !== "object");
  if (isList) facts.set(path, value.join(", "));
  else for (const [name, item] of Object.entries(value)) collect(facts, `${path}.${name}`, item);
}

/** @param {Map<string, unknown>} before @param {Map<string, unknown>} now */
function differences(before, now) {
  const changed = [...new Set([...before.keys(), ...now.keys()])].filter((path) => before.get(path) !== now.get(path));
  if (!changed.length) return [nothing("All as it was.")];
  const items = changed.slice(0, MOST_LINES).map((path) =>
    element("li", { class: "leaf" }, element("span", { class: "key" }, path), ` ${brief(before.get(path))} → ${brief(now.get(path))}`));
  const more = changed.length > MOST_LINES ? [element("p", { class: "hint" }, `and ${changed.length - MOST_LINES} more`)] : [];
  return [element("p", { class: "hint", role: "status" }, `${changed.length} differ.`), element("ul", { class: "plain twigs" }, ...items), ...more];
}

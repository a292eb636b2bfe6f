/** @import { PageView, Room } from "../types" */
import { button, element, group } from "../dom.js";
import { createActing } from "./acting.js";
import { createKept } from "./kept.js";

/**
 * Which frame the panel looks into, and for a tag of which name; there only where there is something to choose.
 * @param {Room} room
 */
export function createLookingPart(room) {
  const kept = createKept();
  return {
    /** @param {PageView} page */
    draw: ({ looking, tag }) => (isChoice(looking, tag.state) ? [kept("looking", looking, () => lookingForm(room, looking))] : []),
  };
}

/** @param {PageView["looking"]} looking @param {string} state of the tag */
function isChoice({ place, name, names, frames }, state) {
  return state === "missing" || place !== "" || name !== "jstag" || names.length > 1 || frames.some((frame) => frame.names.length);
}

/** @param {Room} room @param {PageView["looking"]} looking */
function lookingForm(room, { place, name, names, frames }) {
  const { error, act } = createActing();
  const options = [element("option", { value: "" }, "the page itself"), ...frames.map((frame) => element("option", { value: frame.place }, `the frame ${frame.address}${namesSaid(frame.names)}`))];
  const where = element("select", { class: "field", "aria-label": "Look into" }, ...options);
  where.value = place;
  const called = element("input", { class: "field", "aria-label": "Global name of the tag", list: "tag-names", spellcheck: "false" });
  called.value = names.length === 1 ? (names[0] ?? name) : name; // a lone tag is what one wants to look at
  const known = element("datalist", { id: "tag-names" }, ...names.map((value) => element("option", { value })));
  const look = () => act(() => room.source.ask("look", where.value, called.value.trim()));
  const others = names.length > 1 ? `There are tags under ${names.join(" and ")}.` : "Frames of another origin cannot be looked into: open their address by itself.";
  return group("Looked at", element("div", { class: "bar wrap" }, where, called, known, button("plain-button", "Look there", look)), element("p", { class: "hint" }, others), error);
}

/** @param {string[]} names */
function namesSaid(names) {
  return names.length ? `, with ${names.join(", ")}` : ", without a tag";
}

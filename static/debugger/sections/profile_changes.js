/** @import { ProfileView } from "../types" */
import { chip, element, group, nothing } from "../dom.js";
import { brief } from "../tree.js";
import { MOST_SHOWN } from "./kept.js";

/**
 * What is not as it was when the page before this one was looked at.
 * @param {ProfileView | null} before
 * @param {ProfileView} now
 */
export function changesGroup(before, now) {
  if (!before) return group("Since the last page", nothing("Nothing to compare with: this is the first page of this tab that was looked at here."));
  const lines = [...audienceLines(before, now), ...fieldLines(before, now)];
  return group(`Since the last page (${lines.length})`, lines.length ? element("ul", { class: "plain" }, ...lines.slice(0, MOST_SHOWN)) : nothing("All as it was."));
}

/** @param {ProfileView} before @param {ProfileView} now */
function audienceLines(before, now) {
  const members = (/** @type {ProfileView} */ { audiences }) => new Set(audiences.filter(({ member }) => member).map(({ slug }) => slug));
  const [old, current] = [members(before), members(now)];
  return [
    ...[...current].filter((slug) => !old.has(slug)).map((slug) => element("li", {}, chip("good", "entered"), ` ${slug}`)),
    ...[...old].filter((slug) => !current.has(slug)).map((slug) => element("li", {}, chip("off", "left"), ` ${slug}`)),
  ];
}

/** @param {ProfileView} before @param {ProfileView} now */
function fieldLines(before, now) {
  const values = (/** @type {ProfileView} */ { fields }) => new Map(fields.map(({ name, value }) => [name, value]));
  const [old, current] = [values(before), values(now)];
  const names = [...new Set([...old.keys(), ...current.keys()])].filter((name) => JSON.stringify(old.get(name)) !== JSON.stringify(current.get(name)));
  return names.map((name) => element("li", { class: "leaf" }, element("span", { class: "key" }, name), ` ${brief(old.get(name))} → ${brief(current.get(name))}`));
}

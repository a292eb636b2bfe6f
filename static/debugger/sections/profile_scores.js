/** @import { ProfileView } from "../types" */
import { element, group, nothing } from "../dom.js";

const MOST_TOPICS = 20;

/** The scores that there are, with their numbers. @param {ProfileView} view */
export function scoresGroup({ fields }) {
  const scores = fields.filter(({ name, value }) => name.startsWith("score_") && typeof value === "number");
  const bars = scores.map(({ name, value }) => bar(name.slice(6), Number(value), 100, String(value)));
  return group("Behaviour", bars.length ? element("ul", { class: "bars" }, ...bars) : nothing("Not provided: there are no scores yet."));
}

/** What the visitor is interested in, most first. @param {ProfileView} view */
export function interestsGroup({ fields }) {
  const content = fields.find(({ name, value }) => name === "lytics_content" && value && typeof value === "object")?.value;
  const topics = Object.entries(content ?? {}).filter(([, value]) => typeof value === "number").sort(([, one], [, other]) => other - one);
  const bars = topics.slice(0, MOST_TOPICS).map(([name, value]) => bar(name, value, 1, value.toFixed(2)));
  const rest = topics.length > MOST_TOPICS ? element("p", { class: "hint" }, `and ${topics.length - MOST_TOPICS} more, under lytics_content below`) : "";
  return group(`Interests${topics.length ? ` (${topics.length})` : ""}`, bars.length ? element("ul", { class: "bars" }, ...bars) : nothing("Not provided: no content that was looked at has topics yet."), rest);
}

/** @param {string} name @param {number} value @param {number} most @param {string} text */
function bar(name, value, most, text) {
  const meter = element("meter", { min: "0", max: String(most), value: String(value), "aria-label": name });
  return element("li", {}, element("span", {}, name), meter, element("span", { class: "number" }, text));
}

/** @import { FormElement } from "../types" */
import { make } from "../dom.js";
import { buildText } from "../text.js";

/**
 * A drop-down list. Its class `default` says that nothing is chosen yet (widgets.md 2.6).
 * @param {string} placeholder the text of the first, empty choice; none if it is empty
 * @param {[string, Node | string][]} choices value and label
 * @param {string} [className]
 */
export function dropDown(placeholder, choices, className = "") {
  const all = placeholder ? [["", placeholder], ...choices] : choices;
  const list = make("select", className, {}, all.map(([value, label]) => make("option", "", { value: String(value) }, [label ?? ""])));
  list.classList.toggle("default", !list.value);
  return list;
}

/** One of several values (widgets.md 2.7). @type {FormElement} */
export const selectField = {
  name: "select",
  build: ({ placeholder, values = [] }) =>
    dropDown(placeholder ?? "", values.map(({ value, label }) => [value, buildText(label ?? value)])),
};

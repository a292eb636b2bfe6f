/** @import { FormElement } from "../types" */
import { make } from "../dom.js";
import { refusal } from "../log.js";

/**
 * A group of radio buttons or check boxes: a label around each, in a group that the element's label names (widgets.md 2.7, 5.7).
 * @param {"radio" | "checkbox"} type
 * @param {string} role of the group
 * @returns {FormElement}
 */
function group(type, role) {
  return {
    name: `${type}-group`,
    group: true,
    build: ({ values = [] }, { name, ...names }) =>
      make(
        "div",
        "",
        { role, ...names },
        values.map(({ value, label }) => {
          if (!label) throw refusal(`Error: ${type}form group values must contain labels`);
          return make("label", `pf-widget-${type}`, {}, [make("input", "", { type, value, name }), String(label)]);
        }),
      ),
  };
}

/** Any of several values. @type {FormElement} */
export const checkboxGroup = group("checkbox", "group");

/** One of several values, all in sight. @type {FormElement} */
export const radioGroup = group("radio", "radiogroup");

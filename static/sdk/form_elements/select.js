/** @import { FormElement } from "../types" */
import { make } from "../dom.js";
import { buildText } from "../text.js";

/** One of several values. Its class `default` says that nothing is chosen yet (widgets.md 2.6, 2.7). @type {FormElement} */
export const selectField = {
  name: "select",
  build: ({ placeholder, values = [] }, names) => {
    const choices = placeholder ? [{ label: placeholder, value: "" }, ...values] : values;
    const list = make(
      "select",
      "",
      { ...names, placeholder: null },
      choices.map(({ value, label }) => make("option", "", { value }, [buildText(label ?? value)])),
    );
    list.classList.toggle("default", !list.value);
    return list;
  },
};

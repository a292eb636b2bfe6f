/** @import { FormElement } from "../types" */
import { make } from "../dom.js";

/** Several lines of text (widgets.md 2.7). @type {FormElement} */
export const textareaField = { name: "textarea", build: () => make("textarea", "", { rows: "5" }) };

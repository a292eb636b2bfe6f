/** @import { FormElement } from "../types" */
import { make } from "../dom.js";

/** An e-mail address, checked when there is one (widgets.md 2.7). @type {FormElement} */
export const emailField = { name: "email", checked: true, build: () => make("input", "", { type: "email" }) };

/** @import { FormElement } from "../types" */
import { make } from "../dom.js";

/** One line of text (widgets.md 2.7). @type {FormElement} */
export const textField = { name: "text", build: (_spec, names) => make("input", "", { type: "text", ...names }) };

/** The other name of `text`. @type {FormElement} */
export const inputField = { ...textField, name: "input" };

/** An e-mail address, checked when there is one. @type {FormElement} */
export const emailField = { name: "email", checked: true, build: (_spec, names) => make("input", "", { type: "email", ...names }) };

/** Five digits, unless the element has a pattern of its own. @type {FormElement} */
export const postalField = { ...textField, name: "us-postal-code", pattern: "^[0-9]{5}$" };

/** Several lines of text. @type {FormElement} */
export const textareaField = { name: "textarea", build: (_spec, names) => make("textarea", "", { rows: "5", ...names }) };

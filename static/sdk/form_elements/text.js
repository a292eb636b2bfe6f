/** @import { FormElement } from "../types" */
import { make } from "../dom.js";

/** One line of text (widgets.md 2.7). @type {FormElement} */
export const textField = { name: "text", build: () => make("input", "", { type: "text" }) };

/** The other name of `text`. @type {FormElement} */
export const inputField = { ...textField, name: "input" };

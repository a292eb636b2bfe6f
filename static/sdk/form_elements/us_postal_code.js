/** @import { FormElement } from "../types" */
import { textField } from "./text.js";

/** Five digits, unless the element has a pattern of its own (widgets.md 2.7). @type {FormElement} */
export const postalField = { ...textField, name: "us-postal-code", pattern: "^[0-9]{5}$" };

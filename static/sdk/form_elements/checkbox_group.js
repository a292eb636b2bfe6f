/** @import { FormElement } from "../types" */
import { group } from "./groups.js";

/** Any of several values. @type {FormElement} */
export const checkboxGroup = group("checkbox", "group");

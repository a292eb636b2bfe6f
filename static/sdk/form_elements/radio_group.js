/** @import { FormElement } from "../types" */
import { group } from "./groups.js";

/** One of several values, all in sight. @type {FormElement} */
export const radioGroup = group("radio", "radiogroup");

/** @import { Condition } from "../types" */

/** Seconds between the decision to show a widget and its opening (widgets.md 3.4). @type {Condition} */
export const showDelay = { name: "showDelay", hold: true };

/** @import { Condition } from "../types" */

/** `showOnInit: false` keeps a widget for `pathfora.showWidget()` (widgets.md 3.3). @type {Condition} */
export const showOnInit = {
  name: "showOnInit",
  always: true,
  check: (value) => ({
    pass: Boolean(value),
    actual: value,
    required: true,
    reason: value ? "shows by itself" : "showOnInit is false, only pathfora.showWidget() shows it",
  }),
};

/** @import { Condition } from "../types" */

/** `showOnInit: false` keeps a widget for `pathfora.showWidget()` (widgets.md 3.3). @type {Condition} */
export const showOnInit = {
  name: "showOnInit",
  always: true,
  check: (value = true) => [Boolean(value), value, undefined, true],
};

/** @import { Condition } from "../types" */

/** Waits for `pathfora.triggerWidgets()` (widgets.md 3.12). A trigger is used up by the display it causes. @type {Condition} */
export const manualTrigger = {
  name: "manualTrigger",
  waiting: () => ({ required: true, reason: "for pathfora.triggerWidgets()" }),
  watch: (_value, { id }, { triggered }) => ({
    met: () => triggered.all || triggered.ids.has(id),
    stop: () => triggered.ids.delete(id),
  }),
};

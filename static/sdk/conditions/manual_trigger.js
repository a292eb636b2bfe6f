/** @import { Condition } from "../types" */
import { triggered } from "../state.js";

/** Waits for `pathfora.triggerWidgets()` (widgets.md 3.12). A trigger is used up by the display it causes. @type {Condition} */
export const manualTrigger = {
  name: "manualTrigger",
  watch:
    (_value, { widget: { id } }) =>
    () =>
      triggered.all || triggered.ids.has(id),
  opened: (_value, { widget: { id } }) => {
    triggered.ids.delete(id);
  },
};

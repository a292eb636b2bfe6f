/** @import { Layout } from "../types" */
import { unlock } from "../gates.js";
import { modal } from "./modal.js";

/** A modal without a close button, for what has to be answered before the page can be used (widgets.md 11.8). @type {Layout} */
export const gate = {
  ...modal,
  name: "gate",
  // A form opens it when it was accepted.
  press: (widget) => widget.type === "message" && unlock(widget),
};

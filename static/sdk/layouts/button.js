/** @import { Layout } from "../types" */
import { callBack } from "../callbacks.js";

/** A tab at an edge of the window (widgets.md 5.5). @type {Layout} */
export const button = {
  name: "button",
  positions: /^((top|bottom)-)?(left|right)$/,
  position: "top-left",
  role: "region",
  build: (controls) => controls,
  press: (widget, payload) => callBack(widget, widget.onClick, "buttonClicked", payload),
};

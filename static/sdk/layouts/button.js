/** @import { Layout } from "../types" */

/** A tab at an edge of the window (widgets.md 5.5). @type {Layout} */
export const button = {
  name: "button",
  positions: ["left", "right", "top-left", "top-right", "bottom-left", "bottom-right"],
  position: "top-left",
  role: "region",
  build: (controls) => controls,
};

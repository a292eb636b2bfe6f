/** @import { Layout } from "../types" */
import { closeButton, headline, messageText } from "../controls.js";
import { make } from "../dom.js";

/** A card at an edge of the window (widgets.md 5.3). @type {Layout} */
export const slideout = {
  name: "slideout",
  positions: /^((top|bottom)-)?(left|right)$/,
  position: "bottom-left",
  role: "dialog",
  build: (controls) => [
    closeButton(),
    make("div", "pf-widget-body"),
    make("div", "pf-widget-content", {}, [headline(), messageText(), ...controls, make("div", "pf-widget-footer")]),
  ],
};

/** @import { Layout } from "../types" */
import { closeButton, messageText } from "../controls.js";
import { make } from "../dom.js";

/** A strip at the top or the bottom (widgets.md 5.4). @type {Layout} */
export const bar = {
  name: "bar",
  positions: /^(top|bottom)-(fixed|center)$|^top-absolute$/,
  position: "top-absolute",
  role: "region",
  build: (controls) => [
    make("div", "pf-widget-body"),
    closeButton(),
    make("div", "pf-bar-content", {}, [messageText(), ...controls]),
  ],
};

/** @import { Layout } from "../types" */
import { closeButton, headline, messageText } from "../controls.js";
import { make } from "../dom.js";

/** A dialog over the page (widgets.md 5.2). @type {Layout} */
export const modal = {
  name: "modal",
  positions: /^middle-center$/,
  dialog: true,
  build: (controls) => {
    const footer = make("div", "pf-widget-footer");
    const middle = make("div", "pf-va-middle", {}, [messageText(), ...controls, footer]);
    const text = make("div", "pf-widget-text", {}, [headline(), make("div", "pf-widget-body", {}, [middle])]);
    const content = make("div", "pf-widget-content", {}, [closeButton(), text]);
    const attributes = { role: "dialog", "aria-modal": "true", tabindex: "-1" };
    return [make("div", "pf-widget-container", attributes, [make("div", "pf-va-middle", {}, [content])])];
  },
};

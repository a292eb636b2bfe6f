/** @import { Layout } from "../types" */
import { headline, messageText } from "../controls.js";
import { make } from "../dom.js";

/** A block within the page's own content (widgets.md 5.5). @type {Layout} */
export const inline = {
  name: "inline",
  stays: true,
  build: (controls) => {
    const middle = make("div", "pf-va-middle", {}, [messageText(), ...controls]);
    const text = make("div", "pf-widget-text", {}, [headline(), make("div", "pf-widget-body", {}, [middle])]);
    const content = make("div", "pf-widget-content", {}, [text]);
    return [make("div", "pf-widget-container", {}, [make("div", "pf-va-middle", {}, [content])])];
  },
};

/** @import { Feature } from "./types" */
import { make } from "./dom.js";

const HOME = "https://www.getlytics.com?utm_source=pathfora&utm_medium=web&utm_campaign=personalization";

/** The vendor's name below a widget's content, in words: no logo is embedded (widgets.md 2.5). @type {Feature} */
export const branding = {
  dress: (node, widget) => {
    if (!widget.branding) return;
    const link = make("a", "", { href: HOME, target: "_blank", rel: "noopener" }, ["Lytics"]);
    node.querySelector(".pf-widget-content")?.append(make("div", "branding", {}, [link]));
  },
};

/** @import { Feature } from "./types" */
import { make } from "./dom.js";
import { safeUrl } from "./uri.js";

/** A widget's picture, where its layout has a place for one (widgets.md 2.5); `imageAlt` describes it. @type {Feature} */
export const image = {
  dress: (node, { image: source, imageAlt = "" }) => {
    const place = node.querySelector(":scope > .pf-widget-body") ?? node.querySelector(".pf-widget-content");
    const src = source && safeUrl(String(source), true);
    if (src) place?.append(make("img", "pf-widget-img", { alt: imageAlt, src }));
  },
};

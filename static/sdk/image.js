/** @import { Feature } from "./types" */
import { make } from "./dom.js";
import { parts } from "./state.js";
import { safeUrl } from "./uri.js";

/** A widget's picture, where its layout has a place for one (widgets.md 2.5); `imageAlt` describes it. @type {Feature} */
export const image = {
  dress: (node, { image: source, imageAlt = "", layout }) => {
    const place = parts.layouts.get(layout)?.image;
    const src = source && place ? safeUrl(String(source), true) : null;
    if (src) node.querySelector(String(place))?.append(make("img", "pf-widget-img", { alt: imageAlt, src }));
  },
};

/** @import { Feature } from "./types" */

/** What is fixed to the window stays so where a transform of the body would keep it from it: it goes above all (widgets.md 9.2). @type {Feature} */
export const topLayer = {
  opened: (node) => {
    if (node.offsetParent !== document.body || getComputedStyle(node).position !== "fixed") return;
    node.popover = "manual";
    node.showPopover?.();
  },
};

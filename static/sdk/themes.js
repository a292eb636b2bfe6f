/** @import { Feature, Widget } from "./types" */
import { all } from "./dom.js";
import { warn } from "./log.js";

/**
 * The named themes, by the first rows below. Where the vendor's colours miss WCAG AA (widgets.md 9.4) ours are the nearest that meet it.
 * @type {Record<string, string>}
 */
const NAMED = {
  dark: "333333 fefefe b3b3b3 b3b3b3 444444 ffffff 333333 b3b3b3",
  light: "f1f1f1 444444 595959 666666 ffffff 444444 f1f1f1 666666",
};

/** Colour key, property, and what it is set on (widgets.md 9.3); the background is the widget's, or that of a dialog's content. */
const COLORS = `background/background-color/.
headline/color/.pf-widget-headline
text/color/.pf-widget-message, .pf-widget-body, .pf-widget-content, .pf-bar-content, .pf-content-unit p
close/color/.pf-widget-close
actionBackground/background-color/.pf-widget-ok.pf-widget-btn, .pf-content-unit
actionText/color/.pf-widget-ok.pf-widget-btn, .pf-content-unit h4
cancelBackground/background-color/.pf-widget-cancel
cancelText/color/.pf-widget-cancel
fieldBackground/background-color/input, textarea, select
required/background-color/.pf-required-flag
required/border-right-color/.pf-required-flag span
required/color/span.required
required/border-color/[data-required]:not(.pf-has-label), [data-validate]:not(.pf-has-label)
requiredText/color/.pf-required-flag`;

/** @returns {any[]} */
function colorRows() {
  return COLORS.split("\n").map((line) => line.split("/"));
}

/**
 * Set a widget's theme as inline styles that the site's own CSS cannot override.
 * @param {HTMLElement} node
 * @param {Widget} widget
 */
export function applyTheme(node, { theme, colors = {}, themes: known }) {
  if (!theme || theme === "none") return;
  const chosen = theme === "custom" ? colors : known[theme];
  if (!chosen) warn(`${theme} is not a theme; register it as config.generic.themes.${theme}`);
  const surface = node.querySelector("[aria-modal] .pf-widget-content") ?? node;
  for (const [key, property, selector] of colorRows()) {
    const color = chosen?.[key];
    if (!color) continue;
    for (const place of selector === "." ? [surface] : all(node, selector)) {
      /** @type {HTMLElement} */ (place).style.setProperty(property, color, "important");
    }
  }
}

/** Colours of a widget's own, over those of the stylesheet. @type {Feature} */
export const themes = {
  defaults: () => {
    /** @type {Record<string, any>} */
    const named = {};
    for (const [name, colors] of Object.entries(NAMED)) {
      named[name] = Object.fromEntries(colors.split(" ").map((color, index) => [colorRows()[index][0], `#${color}`]));
    }
    return { themes: named };
  },
  dress: applyTheme,
};

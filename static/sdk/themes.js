/** @import { Feature, Widget } from "./types" */
import { generic } from "./defaults.js";
import { all } from "./dom.js";
import { warn } from "./log.js";

/** The named themes. Where the vendor's colours miss WCAG AA (widgets.md 9.4) ours are the nearest that meet it. */
const named = {
  dark: {
    background: "#333333",
    headline: "#fefefe",
    text: "#b3b3b3",
    close: "#b3b3b3",
    actionText: "#ffffff",
    actionBackground: "#444444",
    cancelText: "#b3b3b3",
    cancelBackground: "#333333",
  },
  light: {
    background: "#f1f1f1",
    headline: "#444444",
    text: "#595959",
    close: "#666666",
    actionText: "#444444",
    actionBackground: "#ffffff",
    cancelText: "#666666",
    cancelBackground: "#f1f1f1",
  },
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
  for (const line of COLORS.split("\n")) {
    const [key = "", property = "", selector = ""] = line.split("/");
    const color = chosen?.[key];
    if (!color) continue;
    for (const place of selector === "." ? [surface] : all(node, selector)) {
      /** @type {HTMLElement} */ (place).style.setProperty(property, color, "important");
    }
  }
}

/** Colours of a widget's own, over those of the stylesheet. @type {Feature} */
export const themes = {
  start: () => {
    generic.themes = named;
  },
  dress: applyTheme,
};

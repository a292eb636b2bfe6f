/** @import { Feature, Widget } from "./types" */
import { all } from "./dom.js";
import { warn } from "./log.js";

/** Colour key, property, and what it is set on (widgets.md 9.3). */
const COLORS = [
  ["headline", "color", ".pf-widget-headline"],
  ["text", "color", ".pf-widget-message, .pf-widget-body, .pf-widget-content, .pf-bar-content, .pf-content-unit p"],
  ["close", "color", ".pf-widget-close"],
  ["actionBackground", "background-color", ".pf-widget-btn.pf-widget-ok, .pf-content-unit"],
  ["actionText", "color", ".pf-widget-btn.pf-widget-ok, .pf-content-unit h4"],
  ["cancelBackground", "background-color", ".pf-widget-btn.pf-widget-cancel"],
  ["cancelText", "color", ".pf-widget-btn.pf-widget-cancel"],
  ["fieldBackground", "background-color", "input, textarea, select"],
  ["required", "background-color", ".pf-required-flag"],
  ["required", "border-right-color", ".pf-required-flag span"],
  ["required", "color", "span.required"],
  ["required", "border-color", "[data-required]:not(.pf-has-label), [data-validate]:not(.pf-has-label)"],
  ["requiredText", "color", ".pf-required-flag"],
];

/**
 * Set a widget's theme as inline styles that the site's own CSS cannot override.
 * @param {HTMLElement} node
 * @param {Widget} widget
 */
export function applyTheme(node, { theme, colors, themes }) {
  if (!theme || theme === "none") return;
  const chosen = theme === "custom" ? (colors ?? {}) : themes[theme];
  if (!chosen) {
    warn(`${theme} is not a theme; register it as config.generic.themes.${theme}`);
    return;
  }
  const surface = node.matches(".pf-widget-modal, .pf-widget-gate") ? node.querySelector(".pf-widget-content") : node;
  paint([surface], "background-color", chosen.background);
  for (const [key = "", property = "", selector = ""] of COLORS) paint(all(node, selector), property, chosen[key]);
}

/**
 * @param {Iterable<Element | null>} nodes
 * @param {string} property
 * @param {string} [color]
 */
function paint(nodes, property, color) {
  if (!color) return;
  for (const node of nodes) {
    if (node instanceof HTMLElement) node.style.setProperty(property, color, "important");
  }
}

/** Colours of a widget's own, over those of the stylesheet. @type {Feature} */
export const themes = { dress: applyTheme };

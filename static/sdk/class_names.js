/** @import { Widget } from "./types" */
import { classes } from "./dom.js";

/**
 * The root's classes, in the order that pages know (widgets.md 5.1).
 * @param {Widget} widget
 * @param {string} [position]
 */
export function classNames({ type, layout, pushDown, origin, variant, theme, className, branding, responsive }, position) {
  return classes(
    `pf-widget pf-${type} pf-widget-${layout}`,
    position && `pf-position-${position}`,
    pushDown && "pf-has-push-down",
    origin && `pf-origin-${origin}`,
    `pf-widget-variant-${variant}`,
    theme && `pf-theme-${theme}`,
    className,
    branding && "pf-widget-has-branding",
    !responsive && "pf-mobile-hide",
  );
}

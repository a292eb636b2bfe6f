/** @import { Widget } from "../types" */
import { classes } from "../dom.js";

/**
 * Instead of `class_names.js`, for widgets without position, origin, theme, branding and `pushDown`.
 * @param {Widget} widget
 */
export function classNames({ type, layout, variant, className, responsive }) {
  return classes(`pf-widget pf-${type} pf-widget-${layout} pf-widget-variant-${variant}`, className, !responsive && "pf-mobile-hide");
}

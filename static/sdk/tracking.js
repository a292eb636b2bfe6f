/** @import { Widget } from "./types" */
import { report } from "./log.js";
import { page } from "./page.js";
import { parts } from "./state.js";

/** The action of a click on a recommended document. */
export const RECOMMENDED = "content recommendation";

/**
 * Send one widget event (widgets.md 6.1); a tag that fails is reported and stops nothing.
 * @param {Widget} widget
 * @param {string} event
 * @param {string} [action]
 * @param {Record<string, unknown>} [more]
 */
export function track(widget, event, action, more) {
  /** @type {Record<string, unknown>} */
  let payload = {};
  for (const key of ["id", "type", "layout", "variant"]) payload[`pf-widget-${key}`] = widget[key];
  payload["pf-widget-event"] = event;
  if (action !== undefined) payload["pf-widget-action"] = action;
  Object.assign(payload, more);
  for (const feature of parts.features) payload = feature.track?.(payload, widget, event, action) ?? payload;
  try {
    page.jstag?.send?.(payload);
  } catch (error) {
    report(widget.id, error);
  }
}

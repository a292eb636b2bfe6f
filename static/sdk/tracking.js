/** @import { Widget } from "./types" */
import { report } from "./log.js";
import { page } from "./page.js";
import { data, parts } from "./state.js";

/** The action of a click on a recommended document. */
export const RECOMMENDED = "content recommendation";

/** Where the data object keeps an event (widgets.md 6.4). @type {Record<string, string>} */
const LISTS = { show: "displayedWidgets", close: "closedWidgets", confirm: "completedActions", cancel: "cancelledActions" };

/**
 * Send one widget event (widgets.md 6.1); a tag that fails is reported and stops nothing.
 * @param {Widget} widget
 * @param {string} event
 * @param {string} [action]
 * @param {Record<string, unknown>} [more]
 */
export function track(widget, event, action, more) {
  const { id, content } = widget;
  /** @type {Record<string, unknown>} */
  const payload = {};
  for (const key of ["id", "type", "layout", "variant"]) payload[`pf-widget-${key}`] = widget[key];
  payload["pf-widget-event"] = event;
  if (action !== undefined) payload["pf-widget-action"] = action;
  if (widget.recommend && content?.[0]) payload["pf-widget-content"] = content[0];
  Object.assign(payload, more);
  if (action !== RECOMMENDED) data[LISTS[event.replace(/.*\./, "")] ?? ""]?.push(payload);
  try {
    if (typeof page.jstag === "object") page.jstag?.send?.(censor(payload, widget.censorTrackingKeys));
    sendToAnalytics(`${id} : ${action ?? event}`);
  } catch (error) {
    report(id, error);
  }
}

/**
 * The payload without the keys that a text equals or a pattern matches (widgets.md 6.3).
 * @param {Record<string, unknown>} payload
 * @param {(string | RegExp)[]} [rules]
 */
function censor(payload, rules) {
  if (!rules) return payload;
  return Object.fromEntries(
    Object.entries(payload).filter(
      ([key]) =>
        !rules.some((rule) => {
          if (typeof rule === "string") return rule === key;
          // A global pattern remembers where it stopped, and would let every other event through.
          if (rule.lastIndex) rule.lastIndex = 0;
          return rule.test(key);
        }),
    ),
  );
}

/**
 * Google's Universal Analytics, on request (widgets.md 6.2).
 * @param {string} label
 */
function sendToAnalytics(label) {
  const { ga } = page;
  if (parts.pathfora.enableGA !== true || typeof ga !== "function" || typeof ga.getAll !== "function") return;
  for (const tracker of ga.getAll()) {
    ga(`${tracker.get("name")}.send`, "event", "Lytics", label, "", { nonInteraction: true });
  }
}

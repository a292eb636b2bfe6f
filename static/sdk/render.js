/** @import { Layout, LiveWidget, Widget } from "./types" */
import { wire } from "./actions.js";
import { classNames } from "./class_names.js";
import { all, make } from "./dom.js";
import { ask } from "./features.js";
import { isGate } from "./gates.js";
import { refusal } from "./log.js";
import { buildText } from "./text.js";
import { parts } from "./state.js";

/**
 * Build a widget's node, complete but not yet in the page (widgets.md 5). Throws when no template fits.
 * @param {LiveWidget} live
 */
export function render(live) {
  const { widget } = live;
  const { position, id } = widget;
  const layout = parts.layouts.get(widget.layout);
  const type = parts.types.get(widget.type);
  const controls = type?.controls[widget.layout];
  if (!layout || !controls) throw refusal("Error: Could not get pathfora template based on type and layout.");
  const { role } = layout;
  // What opens without taking the focus is read out when it does.
  const attributes = { id, role, "aria-live": role && "polite" };
  const node = make("div", classNames(widget, position || layout.position), attributes, layout.build(controls(widget)));
  const closer = node.querySelector(".pf-widget-close");
  if (isGate(widget)) closer?.remove();
  else closer?.setAttribute("aria-label", widget.closeMessage ?? "Close");
  wire(live, node);
  setTexts(node, widget);
  setName(node, widget, layout);
  type.dress?.(live, node);
  ask("dress", node, widget);
  return node;
}

/**
 * @param {HTMLElement} node
 * @param {Record<string, any>} widget
 */
export function setTexts(node, widget) {
  /** @type {[string, string, boolean?][]} the last: whether a button is left out */
  const texts = [
    ["ok", widget.okMessage, !widget.okShow],
    ["cancel", widget.cancelMessage, !widget.cancelShow],
    ["headline", widget.headline],
    ["footer", widget.footerText],
    ["message", widget.msg],
  ];
  for (const [name, text, absent] of texts) {
    for (const place of all(node, `.pf-widget-${name}`)) {
      if (absent) place.remove();
      else if (text) {
        place.replaceChildren(buildText(text));
        if (absent === false) place.setAttribute("value", text);
      }
    }
  }
}

/**
 * Name and describe the widget for assistive technology: headline, else message, else its id.
 * @param {HTMLElement} node
 * @param {Widget} widget
 * @param {Layout} layout
 * @param {string} [within] a selector's beginning, where there are other texts of that kind
 * @param {string} [kind] for their ids
 */
export function setName(node, { id }, { dialog, role }, within = "", kind = "widget") {
  const holder = dialog ? node.firstElementChild : role && node;
  const ids = ["headline", "message"].flatMap((part) => {
    const text = node.querySelector(`${within}.pf-widget-${part}`);
    if (text) text.id = `${id}-pf-${kind}-${part}`;
    return text?.textContent?.trim() ? text.id : [];
  });
  if (!holder) return null;
  holder.setAttribute(ids[0] ? "aria-labelledby" : "aria-label", ids[0] ?? id);
  if (ids[1]) holder.setAttribute("aria-describedby", ids[1]);
  return /** @type {HTMLElement} */ (holder);
}

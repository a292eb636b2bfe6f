/** @import { Layout, LiveWidget, Widget } from "./types" */
import { wire } from "./actions.js";
import { all, classes, make } from "./dom.js";
import { refusal, warn } from "./log.js";
import { setText } from "./text.js";
import { parts } from "./state.js";

/**
 * Build a widget's node, complete but not yet in the page (widgets.md 5). Throws when no template fits.
 * @param {LiveWidget} live
 */
export function render(live) {
  const { widget } = live;
  const layout = parts.layouts.get(widget.layout);
  const type = parts.types.get(widget.type);
  const controls = type?.controls[widget.layout];
  if (!layout || !controls) throw refusal("Error: Could not get pathfora template based on type and layout.");
  const node = make("div", "", { id: widget.id }, layout.build(controls(widget)));
  if (type.locked) node.querySelector(".pf-widget-close")?.remove();
  const position = widget.position || layout.position;
  if (widget.position && layout.positions && !layout.positions.includes(position)) {
    warn(`${position} is not a valid position for ${layout.name}`);
  }
  wire(live, node);
  node.className = classNames(widget, position);
  setTexts(node, widget);
  type.dress?.(live, node);
  for (const feature of parts.features) feature.dress?.(node, widget);
  setName(node, widget, layout);
  return node;
}

/**
 * The root's classes, in the order that pages know (widgets.md 5.1).
 * @param {Widget} widget
 * @param {string} position
 */
function classNames(widget, position) {
  return classes(
    "pf-widget",
    `pf-${widget.type}`,
    `pf-widget-${widget.layout}`,
    position && `pf-position-${position}`,
    widget.pushDown && "pf-has-push-down",
    widget.origin && `pf-origin-${widget.origin}`,
    `pf-widget-variant-${widget.variant}`,
    widget.theme && `pf-theme-${widget.theme}`,
    widget.className,
    widget.branding && "pf-widget-has-branding",
    !widget.responsive && "pf-mobile-hide",
  );
}

/**
 * @param {HTMLElement} node
 * @param {Record<string, any>} widget
 */
export function setTexts(node, widget) {
  for (const title of all(node, ".pf-widget-headline")) setText(title, widget.headline);
  setButton(node, ".pf-widget-ok", widget.okShow, widget.okMessage);
  setButton(node, ".pf-widget-cancel", widget.cancelShow, widget.cancelMessage);
  const footer = node.querySelector(".pf-widget-footer");
  if (footer && widget.footerText) setText(footer, widget.footerText);
  const text = node.querySelector(".pf-widget-message");
  if (text && widget.msg) setText(text, widget.msg);
}

/**
 * @param {HTMLElement} node
 * @param {string} selector
 * @param {boolean} shown
 * @param {unknown} text
 */
function setButton(node, selector, shown, text) {
  const control = node.querySelector(selector);
  if (!control) return;
  if (!shown) control.remove();
  else if (text != null) {
    setText(control, text);
    control.setAttribute("value", String(text));
  }
}

/**
 * Name and describe the widget for assistive technology: headline, else message, else its id.
 * @param {HTMLElement} node
 * @param {Widget} widget
 * @param {Layout} layout
 * @param {Element} [box] where the texts are
 * @param {string} [kind] of that box, for the ids
 */
export function setName(node, { id }, layout, box = node, kind = "widget") {
  const [title, text] = ["headline", "message"].map((part) => identified(box.querySelector(`.pf-widget-${part}`), `${id}-pf-${kind}-${part}`));
  const holder = layout.dialog ? node.firstElementChild : layout.role && node;
  if (!holder) return;
  if (layout.role) holder.setAttribute("role", layout.role);
  const name = title || text;
  if (name) holder.setAttribute("aria-labelledby", name);
  else holder.setAttribute("aria-label", id);
  if (title && text) holder.setAttribute("aria-describedby", text);
}

/**
 * Give a text its id; answers the id when the text says something.
 * @param {Element | null} text
 * @param {string} id
 */
function identified(text, id) {
  if (text) text.id = id;
  return text?.textContent?.trim() && id;
}

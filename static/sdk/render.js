/** @import { Layout, LiveWidget, Sdk, Widget } from "./types" */
import { wire } from "./actions.js";
import { all, make } from "./dom.js";
import { refusal, warn } from "./log.js";
import { setMarkup } from "./markup.js";
import { applyTheme } from "./themes.js";
import { safeUrl } from "./uri.js";

/**
 * Build a widget's node, complete but not yet in the page (widgets.md 5). Throws when no template fits.
 * @param {Sdk} sdk
 * @param {LiveWidget} live
 * @param {import("./actions.js").Dismiss} dismiss
 */
export function render(sdk, live, dismiss) {
  const { widget } = live;
  const layout = sdk.layouts.get(widget.layout);
  const controls = sdk.types.get(widget.type)?.controls[widget.layout];
  if (!layout || !controls) throw refusal("Error: Could not get pathfora template based on type and layout.");
  const node = make("div", "", { id: widget.id }, layout.build(controls()));
  const position = widget.position || layout.position;
  if (widget.position && layout.positions && !layout.positions.includes(position)) {
    warn(`${position} is not a valid position for ${layout.name}`);
  }
  wire(sdk, live, node, dismiss);
  node.className = classNames(widget, position);
  setTexts(node, widget);
  setImage(node, widget, layout);
  applyTheme(node, widget);
  setName(node, widget, layout);
  return node;
}

/**
 * The root's classes, in the order that pages know (widgets.md 5.1).
 * @param {Widget} widget
 * @param {string} position
 */
function classNames(widget, position) {
  return [
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
  ]
    .filter(Boolean)
    .join(" ");
}

/**
 * @param {HTMLElement} node
 * @param {Widget} widget
 */
function setTexts(node, widget) {
  for (const title of all(node, ".pf-widget-headline")) setMarkup(title, widget.headline);
  setButton(node, ".pf-widget-ok", widget.okShow, widget.okMessage);
  setButton(node, ".pf-widget-cancel", widget.cancelShow, widget.cancelMessage);
  const footer = node.querySelector(".pf-widget-footer");
  if (footer && widget.footerText) setMarkup(footer, widget.footerText);
  const text = node.querySelector(".pf-widget-message");
  if (text && widget.msg) setMarkup(text, widget.msg);
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
    setMarkup(control, text);
    control.setAttribute("value", String(text));
  }
}

/**
 * @param {HTMLElement} node
 * @param {Widget} widget
 * @param {Layout} layout
 */
function setImage(node, { image }, layout) {
  const source = image && layout.image ? safeUrl(String(image), true) : null;
  if (source !== null) node.querySelector(layout.image ?? "")?.append(make("img", "pf-widget-img", { alt: "", src: source }));
}

/**
 * Name and describe the widget for assistive technology: headline, else message, else its id.
 * @param {HTMLElement} node
 * @param {Widget} widget
 * @param {Layout} layout
 */
function setName(node, { id }, layout) {
  const texts = ["headline", "message"].map((part) => {
    const text = node.querySelector(`.pf-widget-${part}`);
    if (text) text.id = `${id}-pf-widget-${part}`;
    return text?.textContent?.trim() ? text.id : "";
  });
  const holder = layout.dialog ? node.firstElementChild : node;
  if (!holder || !(layout.role || layout.dialog)) return;
  if (layout.role) holder.setAttribute("role", layout.role);
  const [title, text] = texts;
  if (title || text) holder.setAttribute("aria-labelledby", title || text || "");
  else holder.setAttribute("aria-label", id);
  if (title && text) holder.setAttribute("aria-describedby", text);
}

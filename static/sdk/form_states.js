/** @import { LiveWidget } from "./types" */
import { stateKinds, wire } from "./actions.js";
import { cancelButton, headline, messageText, okButton } from "./controls.js";
import { addClass, all, make, removeClass } from "./dom.js";
import { announce } from "./form_checks.js";
import { setName, setTexts } from "./render.js";
import { dismiss } from "./live.js";
import { applyTheme } from "./themes.js";
import { parts } from "./state.js";

/** @typedef {"success" | "error"} StateName */

/** Headline and message, unless the configuration has its own (widgets.md 2.8). */
const TEXTS = {
  success: ["Thank You", "We have received your submission."],
  error: ["Error", "There was an error receiving with your submission."],
};
/** How long a state stays, in seconds. */
const DELAY = 3;

/**
 * Put a state's texts and buttons into a widget; its class on the root makes them visible. A layout without content has none.
 * An error that neither ends by itself nor has a button gets one: there has to be a way back to the form.
 * @param {LiveWidget} live
 * @param {HTMLElement} node
 * @param {StateName} name
 */
export function addState(live, node, name) {
  const state = live.widget.formStates?.[name] ?? {};
  const stuck = name === "error" && state.delay === 0 && !state.okShow;
  const box = make("div", `${name}-state`, { tabindex: "-1" }, [headline(), messageText(), okButton(), cancelButton()]);
  const [title, msg] = TEXTS[name];
  const okMessage = stuck ? "Try again" : "Confirm";
  setTexts(box, { headline: title, msg, okMessage, cancelMessage: "Cancel", ...state, okShow: state.okShow || stuck });
  const [confirm, cancel] = stateKinds(name);
  if (name === "error") confirm.then = () => leaveError(live);
  wire(live, box, [confirm, cancel], state);
  node.querySelector(".pf-widget-content")?.append(box);
}

/**
 * Show the outcome of a form in its place. A success closes after its delay, silently; an error goes back to the form.
 * @param {LiveWidget} live
 * @param {StateName} name
 */
export function enterState(live, name) {
  const { widget } = live;
  const node = /** @type {HTMLElement} */ (live.node);
  if (!node.querySelector(`.${name}-state`)) {
    addState(live, node, name);
    applyTheme(node, widget);
  }
  const box = /** @type {HTMLElement | null} */ (node.querySelector(`.${name}-state`));
  live.busy = true;
  addClass(node, name);
  presentState(live, box, name);
  clearTimeout(live.timer);
  const delay = widget.formStates?.[name]?.delay ?? DELAY;
  if (!delay) return;
  const end = () => (name === "error" ? leaveError(live) : dismiss(live, `${delay} s after its ${name} state`));
  live.timer = setTimeout(end, delay * 1000);
  live.stops.add(() => clearTimeout(live.timer));
}

/**
 * Tell the outcome to those who cannot see it: the widget has its name now, and the focus if the form had it.
 * @param {LiveWidget} live
 * @param {HTMLElement | null} box
 * @param {StateName} name
 */
function presentState({ node, widget }, box, name) {
  const layout = parts.layouts.get(widget.layout);
  if (!node || !layout) return;
  const focused = node.contains(document.activeElement);
  const texts = box ? [...all(box, ".pf-widget-headline, .pf-widget-message")].map(({ textContent }) => textContent) : TEXTS[name];
  announce(node, texts.join(". "));
  if (!box) return;
  setName(node, widget, layout, box, name);
  const target = layout.dialog ? /** @type {HTMLElement} */ (node.firstElementChild) : box;
  if (focused) target.focus({ preventScroll: true });
}

/**
 * Back to the form, with all that was filled in.
 * @param {LiveWidget} live
 */
function leaveError(live) {
  const { node, widget } = live;
  const layout = parts.layouts.get(widget.layout);
  clearTimeout(live.timer);
  if (!node || !layout || live.closing) return;
  const focused = node.contains(document.activeElement);
  live.busy = false;
  removeClass(node, "error");
  announce(node, "");
  setName(node, widget, layout);
  if (focused) /** @type {HTMLElement | null} */ (node.querySelector("form .pf-widget-ok"))?.focus();
}

/** @import { LiveWidget } from "./types" */
import { wire } from "./actions.js";
import { cancelButton, headline, messageText, okButton } from "./controls.js";
import { hasClass, make } from "./dom.js";
import { announce } from "./form_checks.js";
import { dismiss, later } from "./live.js";
import { setName, setTexts } from "./render.js";
import { parts } from "./state.js";

/** Headline and message, unless the configuration has its own (widgets.md 2.8). @type {["success" | "error", string, string][]} */
const TEXTS = [
  ["success", "Thank You", "We have received your submission."],
  ["error", "Error", "There was an error receiving with your submission."],
];

/**
 * Put a state's texts and buttons into a widget; its class on the root makes them visible. An error that neither ends by itself nor
 * has a button gets one: there has to be a way back to the form.
 * @param {LiveWidget} live
 * @param {HTMLElement} node
 */
export function addStates(live, node) {
  for (const [name, title, msg] of TEXTS) {
    const state = live.widget.formStates[name] ?? {};
    const box = make("div", `${name}-state`, {}, [headline(), messageText(), okButton(), cancelButton()]);
    const okShow = name === "error" && state.delay === 0;
    setTexts(box, { headline: title, msg, okShow, okMessage: "Confirm", cancelMessage: "Cancel", ...state });
    wire(live, box, name);
    node.querySelector(".pf-widget-content, .pf-bar-content")?.append(box);
  }
}

/**
 * What a form is at: asking, waiting for the answer to what was sent, or showing what came of it. An outcome stands in the form's
 * place; the widget has its name, and the focus if nothing else on the page has it. A success closes after its delay, silently; an
 * error goes back to the form, with all that was filled in.
 * @param {LiveWidget} live
 * @param {"" | "busy" | "success" | "error"} state
 */
export function setState(live, state) {
  const { widget, closing } = live;
  const node = /** @type {HTMLElement} */ (live.node);
  if (closing) return;
  const box = node.querySelector(`.${state}-state`);
  const shown = box ?? (hasClass(node, "error") && node);
  live.busy = state;
  live.timer?.();
  /** @type {any} */ (node.querySelector("form .pf-widget-ok") ?? node).ariaDisabled = state !== "";
  for (const [name] of TEXTS) node.classList.toggle(name, name === state);
  if (shown) present(live, node, shown, state);
  const delay = widget.formStates?.[state]?.delay ?? 3;
  if (box && delay) {
    live.timer = later(live, delay * 1000, () => {
      if (state === "error") setState(live, "");
      else dismiss(live, `after its ${state} state`);
    });
  }
}

/**
 * Tell of a change to those who cannot see it: the widget has its name now, and the focus if nothing else on the page has it.
 * @param {LiveWidget} live
 * @param {HTMLElement} node
 * @param {Element} shown
 * @param {string} state of what is shown
 */
function present({ widget }, node, shown, state) {
  const { activeElement, body } = document;
  const layout = /** @type {import("./types").Layout} */ (parts.layouts.get(widget.layout));
  const holder = setName(node, widget, layout, state ? `.${state}-state>` : ":not([class$=state])>", state || undefined);
  if (holder && (activeElement === body || node.contains(activeElement))) {
    holder.tabIndex = -1;
    holder.focus({ preventScroll: true });
  }
  announce(node, shown === node ? "" : `${shown.firstChild?.textContent}. ${shown.children[1]?.textContent}`);
}

/** @import { LiveWidget, WidgetType } from "./types" */
import { act } from "./actions.js";
import { callBack } from "./callbacks.js";
import { all, make } from "./dom.js";
import { checkControl, checkForm } from "./form_checks.js";
import { addStates, setState } from "./form_states.js";
import { isGate, unlock } from "./gates.js";
import { dismiss } from "./live.js";
import { parts } from "./state.js";
import { track } from "./tracking.js";

/** What all types with a form have in common. @type {Pick<WidgetType, "dress" | "submit">} */
export const formType = { dress, submit };

/** @param {HTMLElement} node */
function fieldsIn(node) {
  return /** @type {NodeListOf<HTMLInputElement>} */ (all(node, "input, textarea, select"));
}

/**
 * Fields tell of their use, outcomes get their place, and the form its voice.
 * @param {LiveWidget} live
 * @param {HTMLElement} node
 */
function dress(live, node) {
  const { widget } = live;
  for (const field of fieldsIn(node)) {
    field.onfocus = () => {
      if (!live.busy) track(widget, "focus", field.name);
    };
    field.onchange = () => {
      if (field.value) track(widget, "form_start", field.name);
      if (field.matches("select")) field.classList.toggle("default", !field.value);
      // What was found wrong is checked again as the visitor corrects it.
      const wrong = /** @type {HTMLInputElement | null} */ (field.closest("[aria-invalid=true]"));
      if (wrong) checkControl(wrong, widget);
    };
  }
  if (widget.success) widget.formStates = { success: widget.success, ...widget.formStates };
  if (widget.formStates) addStates(live, node);
  const form = /** @type {HTMLFormElement} */ (node.querySelector("form"));
  form.onsubmit = (event) => {
    // Also while the widget goes and takes no more presses: the browser would leave the page.
    event.preventDefault();
    act(live, event, "confirm", "Confirm");
  };
  form.parentElement?.append(make("span", "pf-widget-announcement", { role: "status" }));
}

/**
 * What the event says of the fields (widgets.md 6.1); the callbacks get them as `data`.
 * @param {HTMLElement} node
 * @param {{name: string, value: string}[]} data
 */
function answersIn(node, data) {
  const custom = node.querySelector(".pf-custom-form");
  /** @type {Record<string, string | string[]>} */
  const answers = {};
  for (const { name, value, type, checked } of fieldsIn(node)) {
    const choice = /radio|checkbox/.test(type);
    if (choice && !checked) continue;
    data.push({ name, value });
    if (custom) answers[name] = choice ? [...(answers[name] ?? []), value] : value;
    else answers[`pf-form-${name}`] = value;
  }
  return custom ? { "pf-custom-form": answers } : answers;
}

/**
 * A press on the button that sends: check, track, call back, and show the outcome (widgets.md 5.8, 8). True when nothing is left to do.
 * @type {WidgetType["submit"] & {}}
 */
function submit(live, payload, option, press, state) {
  const { widget } = live;
  if (state) {
    press();
    if (state === "error") setState(live, "");
    return state === "error";
  }
  const node = /** @type {HTMLElement} */ (live.node);
  payload.event.preventDefault();
  if (live.busy || !checkForm(live)) return true;
  const type = /** @type {WidgetType & {event: string}} */ (parts.types.get(widget.type));
  payload.data = [];
  track(widget, type.event, undefined, answersIn(node, payload.data));
  callBack(widget, widget.onSubmit, "formSubmitted", payload);
  if (option.waitForAsyncResponse === true && option.callback) {
    wait(live, press);
    return true;
  }
  unlock(widget);
  press();
  const { formStates } = widget;
  if (!formStates?.success && !(formStates && parts.layouts.get(widget.layout)?.stays)) return false;
  setState(live, "success");
  return true;
}

/**
 * Call back and wait for the answer, which counts once; meanwhile the button does nothing. A callback that throws has answered no.
 * Without states the form stays as it is and can be used again, but a gate that was accepted opens.
 * @param {LiveWidget} live
 * @param {(...extra: unknown[]) => boolean} press
 */
function wait(live, press) {
  const { widget } = live;
  /** @param {boolean} success */
  const answer = (success) => {
    if (live.busy !== "busy") return;
    if (success) unlock(widget);
    if (widget.formStates) setState(live, success ? "success" : "error");
    else if (success && isGate(widget) && !live.closing) dismiss(live, "unlocked");
    else setState(live, "");
  };
  setState(live, "busy");
  if (!press(answer)) answer(false);
}

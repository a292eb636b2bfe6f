/** @import { LiveWidget, WidgetType } from "./types" */
import { callBack } from "./callbacks.js";
import { all, make } from "./dom.js";
import { checkForm, recheck } from "./form_checks.js";
import { addState, enterState } from "./form_states.js";
import { dismiss } from "./live.js";
import { track } from "./tracking.js";
import { parts } from "./state.js";

/** @typedef {HTMLInputElement | HTMLSelectElement | HTMLTextAreaElement} Field */

const FIELD = "form input, form textarea, form select";

/** What all types with a form have in common. @type {Pick<WidgetType, "dress" | "submit">} */
export const formType = { dress, submit };

/**
 * Fields tell of their use, outcomes get their place, and the form its voice.
 * @param {LiveWidget} live
 * @param {HTMLElement} node
 */
function dress(live, node) {
  const { widget } = live;
  for (const field of fieldsIn(node)) {
    field.onfocus = () => track(widget, "focus", field.name);
    field.onchange = () => {
      if (field.value) track(widget, "form_start", field.name);
      if (field instanceof HTMLSelectElement) field.classList.toggle("default", !field.value);
      recheck(field, node, widget);
    };
  }
  if (widget.success) widget.formStates = { success: widget.success, ...widget.formStates };
  for (const name of /** @type {const} */ (["success", "error"])) {
    if (widget.formStates?.[name]) addState(live, node, name);
  }
  node.querySelector("form")?.parentElement?.append(make("span", "pf-widget-announcement", { role: "status" }));
}

/** @param {HTMLElement} node */
function fieldsIn(node) {
  return /** @type {Field[]} */ ([...all(node, FIELD)]);
}

/**
 * A press on the button that sends: check, track, call back, and show the outcome (widgets.md 5.8, 8). True when nothing is left to do.
 * @type {WidgetType["submit"] & {}}
 */
function submit(live, payload, option, press) {
  const { widget } = live;
  const node = /** @type {HTMLElement} */ (live.node);
  const type = /** @type {WidgetType} */ (parts.types.get(widget.type));
  payload.event.preventDefault();
  if (live.busy || !checkForm(node, widget)) return true;
  const fields = fieldsIn(node).filter((field) => !(field instanceof HTMLInputElement && /radio|checkbox/.test(field.type)) || field.checked);
  payload.data = fields.map(({ name, value }) => ({ name, value }));
  track(widget, String(type.event), undefined, summary(node, fields));
  callBack(widget, widget.onSubmit, "formSubmitted", payload);
  if (option.waitForAsyncResponse === true && typeof option.callback === "function") {
    wait(live, type, press);
    return true;
  }
  type.accepted?.(widget);
  press();
  const { formStates } = widget;
  if (live.closing || !(formStates?.success || (formStates && parts.layouts.get(widget.layout)?.stays))) return false;
  enterState(live, "success");
  return true;
}

/**
 * What the event says of the fields (widgets.md 6.1).
 * @param {HTMLElement} node
 * @param {Field[]} fields
 */
function summary(node, fields) {
  if (!node.querySelector(".pf-custom-form")) return Object.fromEntries(fields.map(({ name, value }) => [`pf-form-${name}`, value]));
  /** @type {Map<string, string | string[]>} */
  const answers = new Map();
  for (const field of fields) {
    const { name, value, type } = field;
    const before = answers.get(name) ?? [];
    answers.set(name, /radio|checkbox/.test(type) ? [...before, value] : value);
  }
  return { "pf-custom-form": Object.fromEntries(answers) };
}

/**
 * Call back and wait for the answer, which counts once; meanwhile the button does nothing. A callback that throws has answered no.
 * Without states the form stays as it is and can be used again, but a gate that was accepted opens.
 * @param {LiveWidget} live
 * @param {WidgetType} type
 * @param {(...extra: unknown[]) => boolean} press
 */
function wait(live, type, press) {
  const { widget } = live;
  let open = true;
  /** @param {boolean} success */
  const answer = (success) => {
    if (!open) return;
    open = false;
    if (success) type.accepted?.(widget);
    if (live.closing) return;
    setBusy(live, false);
    if (widget.formStates) enterState(live, success ? "success" : "error");
    else if (success && type.locked) dismiss(live, "unlocked");
  };
  setBusy(live, true);
  if (!press(answer)) answer(false);
}

/**
 * @param {LiveWidget} live
 * @param {boolean} busy
 */
function setBusy(live, busy) {
  live.busy = busy;
  live.node?.querySelector("form .pf-widget-ok")?.setAttribute("aria-disabled", String(busy));
}

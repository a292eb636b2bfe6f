/** @import { LiveWidget, Widget } from "./types" */
import { all, make } from "./dom.js";
import { report } from "./log.js";
import { emailValid, generateUniqueId } from "./strings.js";

/**
 * Whether a text has a pattern. A pattern that is none or takes too long is reported and counts as found: tries on ever longer
 * beginnings, with an ending that breaks them, show that before it hurts.
 * @param {string} source
 * @param {string} text
 * @param {string} id the widget's
 */
function hasPattern(source, text, id) {
  try {
    const pattern = new RegExp(source);
    for (let length = 1; length < text.length; length += 1 + length / 50) {
      const start = Date.now();
      pattern.test(`${text.slice(0, length) + text.slice(-1)}\0`);
      if (Date.now() - start > 20) throw new Error(`${source} takes too long`);
    }
    return pattern.test(text);
  } catch (error) {
    report(id, error);
    return true;
  }
}

/**
 * What is wrong with a control, be it a field or the element around a group: a key of `texts`, or nothing (widgets.md 5.8).
 * @param {HTMLInputElement} control
 * @param {string} id the widget's
 */
function faultOf(control, id) {
  const { value, validity, type } = control;
  const pattern = control.getAttribute("enforcePattern");
  if (validity ? !value && validity.valid : !control.querySelector(":checked")) return control.dataset.required ? "required" : "";
  const valid = type === "email" ? emailValid(value) : validity?.valid !== false;
  return valid && (!pattern || hasPattern(pattern, value, id)) ? "" : "invalid";
}

/**
 * Check a control and say below it what is wrong: as the widget words it for its kind (`email`, `date`), else the browser, else the
 * widget for all. Answers that, with the control's name before it; empty when it is right.
 * @param {HTMLInputElement} control
 * @param {Widget} widget
 */
export function checkControl(control, { id, texts = {} }) {
  const box = control.closest(".pf-custom-form > div") ?? control;
  const fault = faultOf(control, id);
  const errorId = control.getAttribute("aria-describedby") ?? generateUniqueId();
  document.getElementById(errorId)?.remove();
  control.setAttribute("aria-describedby", errorId);
  /** @type {any} */ (control).ariaInvalid = fault !== "";
  box.classList.toggle("invalid", fault === "required");
  box.classList.toggle("bad-validation", fault === "invalid");
  if (!fault) return "";
  const text = (control.value && texts[control.type]) || control.validationMessage || texts[fault];
  control.after(make("span", "pf-widget-error", { id: errorId }, [text]));
  return `${control.ariaLabel ?? box.firstChild?.textContent}: ${text} `;
}

/**
 * Check all of a form. The first control that is wrong gets the focus, and all that is wrong is announced at once.
 * @param {LiveWidget} live
 */
export function checkForm(live) {
  const node = /** @type {HTMLElement} */ (live.node);
  let wrong = "";
  for (const control of all(node, "[data-required], [data-validate]")) {
    wrong += checkControl(/** @type {HTMLInputElement} */ (control), live.widget);
  }
  announce(node, wrong);
  // Nothing is tracked of a form that is not right.
  live.busy = "error";
  /** @type {HTMLElement | null} */ (node.querySelector("[aria-invalid=true]:not(div), [aria-invalid=true] input"))?.focus();
  live.busy = "";
  return !wrong;
}

/**
 * Say something to those who cannot see it; what changes from now on is not read out by itself any more.
 * @param {HTMLElement} node
 * @param {string} text
 */
export function announce(node, text) {
  node.ariaLive = null;
  /** @type {HTMLElement} */ (node.querySelector(".pf-widget-announcement")).textContent = text;
}

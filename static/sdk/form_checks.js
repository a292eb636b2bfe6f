/** @import { Widget } from "./types" */
import { addClass, all, make, removeClass } from "./dom.js";
import { report } from "./log.js";
import { emailValid } from "./strings.js";

const CHECKED = "form [data-required], form [data-validate], form [type=email]";
/** A pattern that takes longer for one try, in ms, would hang the page on a longer text. */
const PATIENCE = 20;
const LONGEST = 256;

/**
 * Whether a text has a pattern. A pattern that takes too long is reported and counts as found: tries on ever longer beginnings, with
 * endings that break them, show that before it hurts.
 * @param {RegExp} pattern
 * @param {string} text
 * @param {string} id the widget's
 */
function hasPattern(pattern, text, id) {
  for (let length = 1; length <= Math.min(text.length, LONGEST); length += 1) {
    const start = performance.now();
    for (const end of ["\0", text.slice(-1)]) pattern.test(text.slice(0, length) + end);
    if (performance.now() - start > PATIENCE) {
      report(id, `the pattern ${pattern} takes too long and was ignored`);
      return true;
    }
  }
  return pattern.test(text);
}

/**
 * What is wrong with a value that is there: a key of `texts` (widgets.md 5.8).
 * @param {HTMLInputElement} control
 * @param {string} id the widget's
 */
function badValue(control, id) {
  const { value, type, max, min } = control;
  if (type === "email" && !emailValid(value)) return "email";
  if (type === "date" && ((max && value > max) || value < min)) return "date";
  const pattern = control.getAttribute("enforcePattern");
  return pattern && !hasPattern(new RegExp(pattern), value, id) && "pattern";
}

/**
 * What is wrong with a control, whether a field or the element around a group: a key of `texts`.
 * @param {HTMLElement} control
 * @param {string} id the widget's
 */
function faultOf(control, id) {
  const { value, validity } = /** @type {HTMLInputElement} */ (control);
  if (value) return badValue(/** @type {HTMLInputElement} */ (control), id);
  if (validity?.badInput) return "date";
  if (!control.dataset.required) return "";
  if (value === "") return "empty";
  return !control.querySelector(":checked") && "choose";
}

/**
 * Check a control and say below it what is wrong. Answers that, with the control's name before it; empty when it is right.
 * @param {HTMLElement} control
 * @param {Widget} widget
 * @param {string} key of the control within the widget
 */
function checkField(control, { id, texts }, key) {
  const box = control.closest(".pf-custom-form > div") ?? control;
  for (const name of ["invalid", "bad-validation"]) removeClass(box, name);
  const errorId = `${id}-error-${key}`;
  document.getElementById(errorId)?.remove();
  const fault = faultOf(control, id);
  control.setAttribute("aria-invalid", String(Boolean(fault)));
  if (!fault) {
    control.removeAttribute("aria-describedby");
    return "";
  }
  addClass(box, /empty|choose/.test(fault) ? "invalid" : "bad-validation");
  control.after(make("span", "pf-widget-error", { id: errorId }, [String(texts?.[fault])]));
  control.setAttribute("aria-describedby", errorId);
  const label = control.getAttribute("aria-label") ?? box.firstElementChild?.textContent?.replace(/\*$/, "");
  return `${label}: ${texts?.[fault]} `;
}

/**
 * Check all of a form. The first control that is wrong gets the focus, and all that is wrong is announced at once.
 * @param {HTMLElement} node
 * @param {Widget} widget
 */
export function checkForm(node, widget) {
  /** @type {HTMLElement | null | undefined} */
  let first;
  let wrong = "";
  all(node, CHECKED).forEach((control, key) => {
    const fault = checkField(control, widget, String(key));
    wrong += fault;
    if (fault) first ??= control.querySelector("input") ?? control;
  });
  announce(node, wrong);
  if (!first) return true;
  const { onfocus } = first;
  // Nothing is tracked of a form that is not right.
  first.onfocus = null;
  first.focus();
  first.onfocus = onfocus;
  return false;
}

/**
 * Check again, as the visitor corrects it, what was found wrong.
 * @param {HTMLElement} field
 * @param {HTMLElement} node
 * @param {Widget} widget
 */
export function recheck(field, node, widget) {
  all(node, CHECKED).forEach((control, key) => {
    if (control.contains(field) && control.ariaInvalid === "true") checkField(control, widget, String(key));
  });
}

/**
 * Say something to those who cannot see it.
 * @param {HTMLElement} node
 * @param {string} text
 */
export function announce(node, text) {
  const region = node.querySelector(".pf-widget-announcement");
  if (region) region.textContent = text;
}

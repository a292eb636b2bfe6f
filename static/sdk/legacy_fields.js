/** @import { Widget } from "./types" */
import { countries } from "./countries.js";
import { make } from "./dom.js";
import { dropDown } from "./form_elements/select.js";
import { parts } from "./state.js";

const HALF = "pf-field-half-width";
/** The fields in the order of the form, with what the browser may fill in (widgets.md 2.6). */
const FIELDS =
  "username:name email:email title:organization-title company:organization phone:tel country: referralEmail: message:";

/**
 * The fields that a form has when its configuration names none of its own.
 * @param {Widget} widget
 */
export function legacyFields(widget) {
  const fields = FIELDS.split(" ").flatMap((field) => {
    const [name = "", autocomplete] = field.split(":");
    /** @param {Record<string, any> | undefined} map */
    const of = (map) => map?.[name] ?? (name === "username" ? map?.name : undefined);
    const text = of(widget.placeholders) ?? name;
    if (of(widget.fields) === false) return [];
    const control = controlFor(name, text);
    control.setAttribute("name", name);
    control.setAttribute("aria-label", text);
    if (name !== "country") control.setAttribute("placeholder", text);
    if (autocomplete) control.setAttribute("autocomplete", autocomplete);
    if (name === "email") control.dataset.validate = "true";
    if (of(widget.required) === true) require(control);
    return [control];
  });
  const halves = fields.filter(({ className }) => className.includes(HALF));
  halves.forEach((field, index) => field.classList.toggle("right", index % 2 === 1));
  if (halves.length % 2) halves.pop()?.classList.remove(HALF);
  return fields;
}

/**
 * Mark a control as one that has to be filled in.
 * @param {HTMLElement} control
 */
export function require(control) {
  control.dataset.required = "true";
  if (control.getAttribute("role") !== "group") control.setAttribute("aria-required", "true");
}

/**
 * @param {string} name
 * @param {string} text
 */
function controlFor(name, text) {
  if (name === "country") return dropDown(text, countries(parts.pathfora.locale), HALF);
  if (name === "message") return make("textarea", "", { rows: "5" });
  return make("input", /phone|ref/.test(name) ? HALF : "", { type: name === "email" ? name : "text" });
}

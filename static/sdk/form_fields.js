/** @import { ElementSpec, FormElement, Widget } from "./types" */
import { countries } from "./countries.js";
import { classes, make } from "./dom.js";
import { selectField } from "./form_elements/select.js";
import { emailField, textareaField, textField } from "./form_elements/text.js";
import { refusal } from "./log.js";
import { parts } from "./state.js";
import { buildText } from "./text.js";

const HALF = "pf-field-half-width";
/** The built-in fields: kind, name, and what the browser may fill in, which is the other name of the first; and the class. @type {[FormElement, string, (string | null)?, string?][]} */
const FIELDS = [
  [textField, "username", "name"],
  [emailField, "email", "email"],
  [textField, "title", "organization-title"],
  [textField, "company", "organization"],
  [textField, "phone", "tel", HALF],
  [selectField, "country", null, HALF],
  [textField, "referralEmail", null, HALF],
  [textareaField, "message"],
];

/**
 * A control with its names, the one it is sent under and the one that people know it by, and with what its value has to be.
 * @param {FormElement} type
 * @param {Partial<ElementSpec>} spec
 * @param {Record<string, unknown>} [more]
 */
export function buildControl(type, spec, more) {
  const { name, label, placeholder, pattern } = spec;
  const required = spec.required === true || null;
  return type.build(spec, {
    name,
    placeholder,
    "aria-label": label ? null : placeholder || name,
    "data-required": required,
    // A group of check boxes has no such state; its label shows the star.
    "aria-required": /box/.test(type.name) ? null : required,
    "data-validate": type.checked || pattern ? true : null,
    enforcePattern: /** @type {RegExp} */ (pattern)?.source ?? pattern,
    ...more,
  });
}

/**
 * The fields that a form has when its configuration names none of its own, in the order of the form (widgets.md 2.6).
 * @param {Widget} widget
 */
export function legacyFields({ placeholders, fields, required }) {
  const controls = FIELDS.flatMap(([type, name, autocomplete, half]) => {
    /** @param {Record<string, any>} [map] */
    const of = (map) => map?.[name] ?? map?.[/** @type {string} */ (autocomplete)];
    if (of(fields) === false) return [];
    const values = type === selectField ? countries(parts.pathfora.locale) : [];
    return buildControl(type, { name, placeholder: of(placeholders), required: of(required), values }, { autocomplete, class: half });
  });
  const halves = controls.filter((control) => control.className);
  halves.forEach((control, index) => control.classList.toggle("right", index % 2 > 0));
  if (halves.length % 2) halves.pop()?.classList.remove(HALF);
  return controls;
}

/**
 * One of `formElements`, in its wrapper: label, flags, control (widgets.md 2.7, 5.7). Throws for a type that is not in the build.
 * @param {ElementSpec} spec
 * @param {Widget} widget
 */
export function customField(spec, widget) {
  const type = parts.formElements.get(spec.type);
  if (!type) throw refusal(`Error: unrecognized form element type: ${spec.type}`);
  const { name, label } = spec;
  const { group, checked } = type;
  const needed = spec.required === true;
  // Only what needs it is written to: what a page has frozen stays as it is.
  const pattern = type.pattern ? (spec.pattern ||= type.pattern) : spec.pattern;
  // Pages find an element by its name; it is made unique where something else on the page has taken it.
  const id = document.getElementById(String(name)) ? `${widget.id}-${name}` : name;
  const className = classes(
    group && `pf-widget-${type.name}`,
    (needed || checked) && "pf-form-required",
    pattern && "pf-form-required-validation",
  );
  /** @param {any} shown @param {"required" | "invalid"} kind */
  const flag = (shown, kind) =>
    label && shown && make("div", `pf-${kind}-flag`, { "aria-hidden": true }, [widget.texts?.[kind], make("span", "")]);
  return make("div", className, {}, [
    label &&
      make(group ? "span" : "label", "pf-form-label", { [group ? "id" : "for"]: id }, [
        buildText(label),
        needed && make("span", "required", {}, ["*"]),
      ]),
    flag(needed, "required"),
    flag(pattern || checked, "invalid"),
    buildControl(type, spec, { class: label && "pf-has-label", [group ? "aria-labelledby" : "id"]: id }),
  ]);
}

/** @import { ElementSpec, FormElement, Widget } from "./types" */
import { classes, make } from "./dom.js";
import { require } from "./legacy_fields.js";
import { refusal, report } from "./log.js";
import { setText } from "./text.js";
import { liveWidgets, parts } from "./state.js";

/**
 * One of `formElements`, in its wrapper: label, flags, control (widgets.md 2.7, 5.7). Throws for a type that is not in the build.
 * @param {ElementSpec} spec
 * @param {Widget} widget
 */
export function customField(spec, widget) {
  const type = parts.formElements.get(spec.type);
  if (!type) throw refusal(`Error: unrecognized form element type: ${spec.type}`);
  const control = type.build(spec);
  const needed = spec.required === true;
  if (needed) require(control);
  const pattern = demand(control, spec, type, widget);
  const id = identify(control, type, spec, freeId(String(spec.name ?? ""), widget));
  const labels = spec.label ? labelsOf(control, type, spec.label, id, widget) : [];
  const className = classes(
    type.group && `pf-widget-${type.name}`,
    (needed || type.checked) && "pf-form-required",
    pattern && "pf-form-required-validation",
  );
  return make("div", className, {}, [...labels, control]);
}

/**
 * Say on a control what its value has to be. Answers its pattern, if it has one; the type's own is written into the configuration.
 * @param {HTMLElement} control
 * @param {ElementSpec} spec
 * @param {FormElement} type
 * @param {Widget} widget
 */
function demand(control, spec, type, widget) {
  const pattern = (spec.pattern ||= type.pattern) && validPattern(spec.pattern, widget);
  if (pattern) control.setAttribute("enforcePattern", pattern);
  if (type.checked || pattern) control.dataset.validate = "true";
  return pattern;
}

/**
 * A control's label, and the flags that show up when it is not right.
 * @param {HTMLElement} control
 * @param {FormElement} type
 * @param {string} text
 * @param {string} id
 * @param {Widget} widget
 */
function labelsOf({ dataset }, type, text, id, { texts }) {
  const label = type.group ? make("span", "pf-form-label", { id }) : make("label", "pf-form-label", { for: id });
  setText(label, text);
  if (dataset.required) label.append(make("span", "required", {}, ["*"]));
  const flags = [dataset.required && "required", dataset.validate && "invalid"].flatMap((kind) =>
    kind ? make("div", `pf-${kind}-flag`, { "aria-hidden": "true" }, [String(texts?.[kind]), make("span", "")]) : [],
  );
  return [label, ...flags];
}

/**
 * Give a control its names: the one it is sent under, and the one that people know it by.
 * @param {HTMLElement} control
 * @param {FormElement} type
 * @param {ElementSpec} spec
 * @param {string} id
 */
function identify(control, { group: grouped }, { name = "", label, placeholder }, id) {
  if (!grouped) {
    control.setAttribute("name", name);
    control.id = id;
    if (placeholder && control.nodeName !== "SELECT") control.setAttribute("placeholder", placeholder);
  }
  if (!label) control.setAttribute("aria-label", placeholder || name);
  else {
    if (grouped) control.setAttribute("aria-labelledby", id);
    control.classList.add("pf-has-label");
  }
  return id;
}

/**
 * The element's name, which pages find it by; made unique where another widget has taken it.
 * @param {string} name
 * @param {Widget} widget
 */
function freeId(name, { id }) {
  const other = document.getElementById(name);
  return !other || liveWidgets.get(id)?.node?.contains(other) ? name : `${id}-${name}`;
}

/**
 * A pattern that is none is reported and does not count.
 * @param {string | RegExp} pattern
 * @param {Widget} widget
 */
function validPattern(pattern, { id }) {
  try {
    return new RegExp(pattern).source;
  } catch (error) {
    report(id, error);
    return "";
  }
}

/** @import { Widget } from "./types" */
import { buttons, cancelButton } from "./controls.js";
import { customField } from "./custom_fields.js";
import { make } from "./dom.js";
import { legacyFields } from "./legacy_fields.js";

/** What a person reads when a form is not right; all of it is configurable as the widget's `texts`. */
const texts = {
  required: "required",
  invalid: "invalid",
  empty: "Please fill in this field.",
  choose: "Please choose.",
  email: "Please enter a valid e-mail address.",
  date: "Please enter a date in the allowed range.",
  pattern: "Please check this entry.",
};

/** The defaults of all types with a form (widgets.md 2.2). */
export const formDefaults = { ...buttons, texts };

/** Those of forms and gates. */
export const fieldDefaults = {
  ...formDefaults,
  placeholders: {
    name: "Name",
    title: "Title",
    email: "Email",
    message: "Message",
    company: "Company",
    phone: "Phone Number",
    country: "Country",
    referralEmail: "Referral Email",
  },
  required: { name: true, email: true },
};

/** The button that sends a form. */
export function sendButton() {
  return make("button", "pf-widget-btn pf-widget-ok", { type: "submit" });
}

/**
 * A form around its controls. What the browser would say about them in its own words is ours to say.
 * @param {(Node | string)[]} children
 * @param {string} [className]
 */
export function formAround(children, className = "") {
  return make("form", className, { novalidate: "" }, children);
}

/**
 * The form of a form or a gate: the elements of the configuration, else the built-in fields.
 * @param {Widget} widget
 */
export function formControls(widget) {
  const { formElements } = widget;
  const custom = formElements?.length;
  const fields = custom ? formElements.map((/** @type {any} */ spec) => customField(spec, widget)) : legacyFields(widget);
  const shown = widget.showForm === false ? [] : fields;
  const cancel = widget.layout === "inline" ? [] : [cancelButton()];
  return [formAround([...shown, sendButton(), ...cancel], custom ? "pf-custom-form" : "")];
}

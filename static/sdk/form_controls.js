/** @import { WidgetType } from "./types" */
import { buttons, cancelButton } from "./controls.js";
import { make } from "./dom.js";
import { customField, legacyFields } from "./form_fields.js";

/**
 * The defaults of all types with a form (widgets.md 2.2). `texts` are what a person reads when a form is not right; there may be more,
 * by kind of control (`email`, `date`), where else the browser says it.
 */
export const formDefaults = { ...buttons, texts: { required: "required", invalid: "invalid" } };

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

/**
 * A form around its controls, some before and some after the button that sends it. What the browser would say about them by itself is
 * ours to say.
 * @param {Node[]} before
 * @param {Node | false} after
 * @param {string} [className]
 */
export function formAround(before, after, className = "") {
  return [make("form", className, { novalidate: "" }, [...before, make("button", "pf-widget-btn pf-widget-ok", { type: "submit" }), after])];
}

/**
 * The form of a form or a gate: the elements of the configuration, else the built-in fields.
 * @type {WidgetType["controls"][string]}
 */
export function formControls(widget) {
  const { formElements, showForm, layout } = widget;
  const custom = formElements?.length;
  const fields = custom ? formElements.map((/** @type {any} */ spec) => customField(spec, widget)) : legacyFields(widget);
  return formAround(showForm === false ? [] : fields, layout !== "inline" && cancelButton(), custom && "pf-custom-form");
}

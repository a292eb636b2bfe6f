/** @import { WidgetType } from "../types" */
import { make } from "../dom.js";
import { formAround, formDefaults } from "../form_controls.js";
import { emailField } from "../form_elements/text.js";
import { buildControl } from "../form_fields.js";
import { formType } from "../forms.js";

/**
 * One field for an e-mail address, after the button that sends it. It is checked, which the vendor's is not.
 * @type {WidgetType["controls"][string]}
 */
function controls({ placeholders }) {
  const field = buildControl(emailField, { name: "email", placeholder: placeholders?.email, required: true }, { autocomplete: "email" });
  return formAround([], make("span", "", {}, [field]));
}

/** `pathfora.Subscription`: asks for an e-mail address (widgets.md 2.2, 5.2-5.5). @type {WidgetType} */
export const subscription = {
  ...formType,
  name: "subscription",
  factory: "Subscription",
  event: "subscribe",
  defaults: { ...formDefaults, placeholders: { email: "Email" } },
  controls: { modal: controls, slideout: controls, gate: controls, bar: controls, inline: controls },
};

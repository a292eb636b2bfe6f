/** @import { WidgetType } from "../types" */
import { fieldDefaults, formControls } from "../form_controls.js";
import { formType } from "../forms.js";

/** `pathfora.Form`: a message with fields to fill in (widgets.md 2.2, 2.6, 2.7). @type {WidgetType} */
export const form = {
  ...formType,
  name: "form",
  factory: "Form",
  event: "submit",
  defaults: {
    ...fieldDefaults,
    okMessage: "Send",
    fields: { company: false, phone: false, country: false, referralEmail: false },
  },
  controls: { modal: formControls, slideout: formControls, gate: formControls, inline: formControls },
};

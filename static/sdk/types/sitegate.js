/** @import { WidgetType } from "../types" */
import { fieldDefaults, formControls } from "../form_controls.js";
import { formType } from "../forms.js";

/** `pathfora.SiteGate`: a form that has to be sent before the page can be used; never again after that (widgets.md 2.2, 7). @type {WidgetType} */
export const sitegate = {
  ...formType,
  name: "sitegate",
  factory: "SiteGate",
  event: "unlock",
  defaults: {
    ...fieldDefaults,
    okMessage: "Submit",
    cancelShow: false,
    showForm: true,
    fields: { message: false, phone: false, country: false, referralEmail: false },
  },
  controls: { modal: formControls },
};

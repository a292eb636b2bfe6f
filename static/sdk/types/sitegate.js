/** @import { WidgetType } from "../types" */
import { fieldDefaults, formControls } from "../form_controls.js";
import { formType } from "../forms.js";
import { read, write } from "../storage.js";

const UNLOCKED = "PathforaUnlocked_";

/** `pathfora.SiteGate`: a form that has to be sent before the page can be used; never again after that (widgets.md 2.2, 7). @type {WidgetType} */
export const sitegate = {
  ...formType,
  name: "sitegate",
  factory: "SiteGate",
  event: "unlock",
  locked: true,
  defaults: {
    ...fieldDefaults,
    okMessage: "Submit",
    cancelShow: false,
    showForm: true,
    fields: { message: false, phone: false, country: false, referralEmail: false },
  },
  controls: { modal: formControls },
  check: ({ id }) => {
    const actual = read(UNLOCKED + id);
    const pass = actual !== "true";
    return { pass, actual, required: "not unlocked", reason: `${pass ? "not " : ""}unlocked by this visitor` };
  },
  accepted: ({ id }) => write(UNLOCKED + id, true),
};

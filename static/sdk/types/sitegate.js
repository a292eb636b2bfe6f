/** @import { Condition, WidgetType } from "../types" */
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
  accepted: ({ id }) => write(UNLOCKED + id, true),
};

/** A gate that this visitor has passed stays open (widgets.md 3.1). @type {Condition} */
export const unlocked = {
  name: "unlocked",
  always: true,
  check: (_value, { id, type }) => {
    if (type !== sitegate.name) return;
    const actual = read(UNLOCKED + id) === "true";
    return [!actual, actual, undefined, false];
  },
};

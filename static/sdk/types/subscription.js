/** @import { WidgetType } from "../types" */
import { make } from "../dom.js";
import { formAround, formDefaults, sendButton } from "../form_controls.js";
import { formType } from "../forms.js";

/**
 * One field for an e-mail address, after the button that sends it. It is checked, which the vendor's is not.
 * @type {WidgetType["controls"][string]}
 */
function subscriptionControls({ placeholders }) {
  const text = placeholders?.email ?? "Email";
  const field = make("input", "", {
    name: "email",
    type: "email",
    placeholder: text,
    "data-required": "true",
    "aria-label": text,
    "aria-required": "true",
    autocomplete: "email",
  });
  return [formAround([sendButton(), make("span", "", {}, [field])])];
}

/** `pathfora.Subscription`: asks for an e-mail address (widgets.md 2.2, 5.2-5.5). @type {WidgetType} */
export const subscription = {
  ...formType,
  name: "subscription",
  factory: "Subscription",
  event: "subscribe",
  defaults: { ...formDefaults, placeholders: { email: "Email" } },
  controls: {
    modal: subscriptionControls,
    slideout: subscriptionControls,
    bar: subscriptionControls,
    inline: subscriptionControls,
  },
};

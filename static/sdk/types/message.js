/** @import { WidgetType } from "../types" */
import { buttons, cancelButton, contentUnit, okButton } from "../controls.js";
import { make } from "../dom.js";

/** `pathfora.Message`: a text with up to two buttons (widgets.md 2.2, 5.2-5.5). @type {WidgetType} */
export const message = {
  name: "message",
  factory: "Message",
  defaults: buttons,
  controls: {
    modal: () => [contentUnit(), okButton(), cancelButton()],
    slideout: () => [contentUnit(" stack"), okButton(), cancelButton()],
    gate: () => [contentUnit(), okButton(), cancelButton()],
    bar: () => [make("span", "", {}, [okButton(), cancelButton()])],
    button: () => [make("button", "pf-widget-message pf-widget-ok", { type: "button" })],
    inline: () => [contentUnit(), okButton()],
  },
};

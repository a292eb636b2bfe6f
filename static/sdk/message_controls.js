import { cancelButton, contentUnit, okButton } from "./controls.js";
import { make } from "./dom.js";

/** What the visitor presses in a message, by layout (widgets.md 5.2-5.5). @type {import("./types").WidgetType["controls"]} */
export const messageControls = {
  modal: () => [contentUnit(), okButton(), cancelButton()],
  slideout: () => [contentUnit(" stack"), okButton(), cancelButton()],
  gate: () => [contentUnit(), okButton(), cancelButton()],
  bar: () => [make("span", "", {}, [okButton(), cancelButton()])],
  button: () => [make("button", "pf-widget-message pf-widget-ok", { type: "button" })],
  inline: () => [contentUnit(), okButton()],
};

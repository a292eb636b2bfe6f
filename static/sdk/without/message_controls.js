import { cancelButton, contentUnit, okButton } from "../controls.js";

/** Instead of `message_controls.js`, where all messages are modals. @type {import("../types").WidgetType["controls"]} */
export const messageControls = { modal: () => [contentUnit(), okButton(), cancelButton()] };

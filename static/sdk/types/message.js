/** @import { WidgetType } from "../types" */
import { buttons } from "../controls.js";
import { messageControls } from "../message_controls.js";

/** `pathfora.Message`: a text with up to two buttons (widgets.md 2.2, 5.2-5.5). @type {WidgetType} */
export const message = { name: "message", factory: "Message", defaults: buttons, controls: messageControls };

/** @import { Feature, Widget } from "./types" */
import { claim } from "./live.js";
import { render } from "./render.js";
import { liveWidgets } from "./state.js";
import { generateUniqueId } from "./strings.js";

/**
 * The node of a flat configuration under an id of its own; nothing is inserted, tracked or asked (widgets.md 10).
 * @param {Widget} widget
 */
function previewWidget(widget) {
  widget.id = generateUniqueId();
  const live = claim(widget);
  liveWidgets.delete(widget.id);
  try {
    return (live.node = render(live));
  } catch (error) {
    throw new Error(/** @type {Error} */ (error).message.replace("Error: ", ""));
  }
}

/** Looking at a widget before it is used. @type {Feature} */
export const previewing = { api: () => ({ previewWidget }) };

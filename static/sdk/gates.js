/** @import { Condition, Widget } from "./types" */
import { read, write } from "./storage.js";

const UNLOCKED = "PathforaUnlocked_";

/**
 * Whether a widget has no way out but its button: gates by type, and those of any type by layout (widgets.md 11.8).
 * @param {Widget} widget
 */
export function isGate({ type, layout }) {
  return /gate/.test(type + layout);
}

/**
 * Remember that this visitor has passed a gate.
 * @param {Widget} widget
 */
export function unlock(widget) {
  if (isGate(widget)) write(UNLOCKED + widget.id, true);
}

/** A gate that this visitor has passed stays open (widgets.md 3.1). @type {Condition} */
export const unlocked = {
  name: "unlocked",
  always: true,
  check: (_value, widget) => {
    if (!isGate(widget)) return;
    const actual = read(UNLOCKED + widget.id) === "true";
    return [!actual, actual, undefined, false];
  },
};

/** @import { Widget } from "./types" */
import { parts } from "./state.js";
import { traceGate, traceWait } from "./trace.js";
import { requireAccount, whenVisitorKnown } from "./visitor.js";

/**
 * Go on with a widget when the tag knows the visitor and the account (widgets.md 2.1); `next` gets what goes wrong.
 * @param {Widget} widget
 * @param {(error?: unknown) => void} next
 * @param {() => void} [action] instead of `next`, when all is there
 */
export function awaitAccount(widget, next, action = next) {
  const { pathfora } = parts;
  traceWait(widget, "profile", "not known yet");
  whenVisitorKnown(pathfora, () => {
    try {
      requireAccount(pathfora);
      traceGate(widget, "profile", true);
      action();
    } catch (error) {
      next(error);
    }
  });
}

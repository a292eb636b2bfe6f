/** @import { Widget } from "./types" */
import { parts } from "./state.js";
import { traceGate, traceWait } from "./trace.js";
import { requireAccount, whenVisitorKnown } from "./visitor.js";

/**
 * Do something when the tag knows the visitor and the account.
 * @param {() => void} action
 * @param {(error: unknown) => void} failed gets what goes wrong
 * @param {(found: string) => void} [without] told when the tag has no data
 */
export function whenAccountKnown(action, failed, without) {
  const { pathfora } = parts;
  whenVisitorKnown(pathfora, () => {
    try {
      requireAccount(pathfora);
      action();
    } catch (error) {
      failed(error);
    }
  }, without);
}

/**
 * Go on with a widget when the tag knows the visitor and the account (widgets.md 2.1); `next` gets what goes wrong.
 * @param {Widget} widget
 * @param {(error?: unknown) => void} next
 * @param {() => void} [action] instead of `next`, when all is there
 */
export function awaitAccount(widget, next, action = next) {
  traceWait(widget, "profile", "not known yet");
  whenAccountKnown(() => {
    traceGate(widget, "profile", true);
    action();
  }, next);
}

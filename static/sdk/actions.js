/** @import { Layout, LiveWidget } from "./types" */
import { callBack } from "./callbacks.js";
import { all } from "./dom.js";
import { ask } from "./features.js";
import { dismiss } from "./live.js";
import { parts } from "./state.js";
import { track } from "./tracking.js";

/** Controls by class, with their events, and their words in callbacks and records. @type {[string, string, string][]} */
const KINDS = [
  ["ok", "confirm", "Confirm"],
  ["cancel", "cancel", "Cancel"],
  ["close", "close", "Closed"],
];

/**
 * Give a new node's controls their handlers. They are properties, so that jQuery's `.trigger()` reaches them.
 * @param {LiveWidget} live
 * @param {HTMLElement} node
 * @param {string} [state] of a form, if it is that state's node
 */
export function wire(live, node, state) {
  for (const [control, name, word] of KINDS) {
    for (const place of all(node, `.pf-widget-${control}`)) {
      place.onclick = (event) => act(live, event, name, word, state);
      place.onmouseenter = () => track(live.widget, "hover", eventName(name, state));
    }
  }
}

/**
 * @param {string} name
 * @param {string} [state]
 */
function eventName(name, state) {
  return state ? `${state}.${name}` : name;
}

/**
 * One press: track, remember, call back, close (widgets.md 6.1, 7, 8). A widget on its way out takes no more presses.
 * @param {LiveWidget} live
 * @param {Event} event
 * @param {string} name
 * @param {string} word
 * @param {string} [state] of a form whose button it is
 * @param {boolean} [silent] without option and callback
 */
export function act(live, event, name, word, state, silent) {
  const { widget, node, closing } = live;
  if (closing) return;
  const told = eventName(name, state);
  const confirms = told === "confirm";
  const layout = /** @type {Layout} */ (parts.layouts.get(widget.layout));
  const option = (state ? widget.formStates[state] : widget)?.[`${name}Action`] ?? {};
  const payload = { widget: node, config: widget, event };
  /** @param {unknown[]} extra */
  const press = (...extra) => {
    track(widget, told, option.name || (name === "close" ? name : `${state || "default"} ${name}`));
    ask("count", widget.id, word);
    if (confirms) layout.press?.(widget, payload);
    return silent || callBack(widget, option.callback, `modal${word}`, payload, ...extra);
  };
  const submit = name === "confirm" && parts.types.get(widget.type)?.submit;
  if (!submit) press();
  else if (submit(live, payload, option, press, state)) return;
  if (live.closing) return;
  if (!silent && (option.close === false || (confirms && layout.stays))) return;
  dismiss(live, `${told} by the visitor`);
  callBack(widget, widget.onModalClose, "modalClosed", { widget: node, config: widget, event });
}

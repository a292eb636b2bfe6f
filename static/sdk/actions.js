/** @import { Layout, LiveWidget } from "./types" */
import { callBack } from "./callbacks.js";
import { all } from "./dom.js";
import { ask } from "./features.js";
import { dismiss } from "./live.js";
import { parts } from "./state.js";
import { track } from "./tracking.js";

/** @typedef {[control: string, event: string, word: string]} Kind of control; its words in classes, events, and callbacks and records */

/** @type {Kind} */
export const CONFIRM = ["ok", "confirm", "Confirm"];
/** @type {Kind} */
const CLOSE = ["close", "close", "Closed"];
/** @type {Kind[]} */
const KINDS = [CONFIRM, ["cancel", "cancel", "Cancel"], CLOSE];

/**
 * Give a new node's controls their handlers. They are properties, so that jQuery's `.trigger()` reaches them.
 * @param {LiveWidget} live
 * @param {HTMLElement} node
 * @param {string} [state] of a form, if it is that state's node
 */
export function wire(live, node, state) {
  for (const kind of KINDS) {
    for (const control of all(node, `.pf-widget-${kind[0]}`)) {
      control.onclick = (event) => act(live, kind, event, state);
      control.onmouseenter = () => track(live.widget, "hover", eventName(kind, state));
    }
  }
}

/**
 * @param {Kind} kind
 * @param {string} [state]
 */
function eventName([, event], state) {
  return state ? `${state}.${event}` : event;
}

/**
 * @param {Record<string, any> | undefined} options
 * @param {string} name
 */
function optionOf(options, name) {
  return options?.[`${name}Action`] ?? {};
}

/**
 * Escape closes a dialog as its × does, but for `closeAction.callback` and `closeAction.close`.
 * @param {LiveWidget} live
 * @param {Event} event
 */
export function escape(live, event) {
  act(live, CLOSE, event, "", true);
}

/**
 * One press: track, remember, call back, close (widgets.md 6.1, 7, 8). A widget on its way out takes no more presses.
 * @param {LiveWidget} live
 * @param {Kind} kind
 * @param {Event} event
 * @param {string} [state] of a form whose button it is
 * @param {boolean} [silent] without option and callback
 */
export function act(live, kind, event, state, silent) {
  const { widget, node, closing } = live;
  if (closing) return;
  const [, name, word] = kind;
  const confirms = !state && kind === CONFIRM;
  const layout = /** @type {Layout} */ (parts.layouts.get(widget.layout));
  const option = optionOf(state ? widget.formStates[state] : widget, name);
  const payload = { widget: node, config: widget, event };
  /** @param {unknown[]} extra */
  const press = (...extra) => {
    track(widget, eventName(kind, state), option.name || (kind === CLOSE ? name : `${state || "default"} ${name}`));
    ask("count", widget.id, word);
    if (confirms && widget.layout === "button") callBack(widget, widget.onClick, "buttonClicked", payload);
    return silent || callBack(widget, option.callback, `modal${word}`, payload, ...extra);
  };
  const submit = kind === CONFIRM && parts.types.get(widget.type)?.submit;
  if (submit) {
    if (submit(live, payload, option, press, state)) return;
  } else {
    if (confirms) layout.pass?.(widget);
    press();
  }
  if (!live.closing && (silent || !(option.close === false || (confirms && layout.stays)))) {
    dismiss(live, `${eventName(kind, state)} by the visitor`);
    callBack(widget, widget.onModalClose, "modalClosed", payload);
  }
}

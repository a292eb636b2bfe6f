/** @import { LiveWidget, Widget } from "./types" */
import { callBack } from "./callbacks.js";
import { all } from "./dom.js";
import { unlock } from "./gates.js";
import { dismiss } from "./live.js";
import { parts } from "./state.js";
import { addCount } from "./storage.js";
import { RECOMMENDED, track } from "./tracking.js";

/**
 * What a control is called in events, options, storage and callbacks (widgets.md 6.1, 7, 8). `then`, if given, is done instead of closing.
 * @typedef {{control: string, event: string, option: string, action: string, record: string, name: string, then?: () => void}} Kind
 */

/**
 * @param {string} control
 * @param {string} event
 * @param {string} word
 * @param {string} action
 * @returns {Kind}
 */
function kind(control, event, word, action = `default ${event}`) {
  return { control: `.pf-widget-${control}`, event, option: `${event}Action`, action, record: `Pathfora${word}_`, name: `modal${word}` };
}
const CONFIRM = kind("ok", "confirm", "Confirm");
const CANCEL = kind("cancel", "cancel", "Cancel");
const CLOSE = kind("close", "close", "Closed", "close");
/** A recommended document: the visitor leaves by it, so nothing closes. @type {Kind} */
const CONTENT = { ...CONFIRM, control: ".pf-content-unit", option: "", action: RECOMMENDED, name: "", then: () => {} };

/**
 * The action's name in a `close` event.
 * @param {Widget} widget
 */
export function closeName(widget) {
  return widget.closeAction?.name || CLOSE.action;
}

/**
 * What the buttons of a form's outcome are called.
 * @param {"success" | "error"} state
 * @returns {[Kind, Kind]}
 */
export function stateKinds(state) {
  const kinds = [CONFIRM, CANCEL].map((one) => ({ ...one, event: `${state}.${one.event}`, action: `${state} ${one.event}` }));
  return /** @type {[Kind, Kind]} */ (kinds);
}

/**
 * Give a new node's controls their handlers. They are properties, so that jQuery's `.trigger()` reaches them.
 * @param {LiveWidget} live
 * @param {HTMLElement} node
 * @param {Kind[]} [kinds]
 * @param {Record<string, any>} [options] where the actions are configured, if not on the widget
 */
export function wire(live, node, kinds = [CONFIRM, CANCEL, CLOSE, CONTENT], options) {
  const form = node.querySelector("form");
  if (form) {
    form.onsubmit = (event) => {
      // Also while the widget goes and takes no more presses: the browser would leave the page.
      event.preventDefault();
      act(live, CONFIRM, event);
    };
  }
  for (const one of kinds) {
    for (const control of all(node, one.control)) {
      control.onclick = (event) => act(live, one, event, options);
      control.onmouseenter = () => track(live.widget, "hover", one === CONTENT ? RECOMMENDED : one.event);
    }
  }
}

/**
 * Escape closes a dialog as its × does, but for `closeAction.callback` and `closeAction.close`.
 * @param {LiveWidget} live
 * @param {Event} event
 */
export function escape(live, event) {
  act(live, { ...CLOSE, name: "" }, event);
}

/**
 * One press: track, remember, call back, close. A widget on its way out takes no more presses.
 * @param {LiveWidget} live
 * @param {Kind} one
 * @param {Event} event
 * @param {Record<string, any>} [options]
 */
function act(live, one, event, options = live.widget) {
  if (live.closing) return;
  const { widget, node } = live;
  const option = options[one.option] ?? {};
  const payload = { widget: node, config: widget, event };
  /** @param {unknown[]} extra */
  const press = (...extra) => {
    track(widget, one.event, option.name || one.action);
    addCount(one.record + widget.id);
    if (one === CONFIRM && widget.layout === "button") callBack(widget, widget.onClick, "buttonClicked", payload);
    return !one.name || callBack(widget, option.callback, one.name, payload, ...extra);
  };
  const submit = one === CONFIRM && parts.types.get(widget.type)?.submit;
  if (!submit) {
    if (one === CONFIRM) unlock(widget);
    press();
  } else if (submit(live, payload, option, press)) return;
  const stays = one.name && (option.close === false || (one === CONFIRM && parts.layouts.get(widget.layout)?.stays));
  if (one.then) one.then();
  else if (!live.closing && !stays) {
    dismiss(live, `${one.event} by the visitor`);
    callBack(widget, widget.onModalClose, "modalClosed", payload);
  }
}

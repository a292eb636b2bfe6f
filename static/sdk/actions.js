/** @import { LiveWidget, Sdk, Widget } from "./types" */
import { callBack } from "./callbacks.js";
import { all } from "./dom.js";
import { addCount } from "./storage.js";
import { track } from "./tracking.js";

/** @typedef {(live: LiveWidget, reason: string) => void} Dismiss */
/** @typedef {{event: string, option: string, action: string, record: string, name: string}} Kind */

/** What each control is called in events, options, storage and callbacks (widgets.md 6.1, 7, 8). */
const CONFIRM = { event: "confirm", option: "confirmAction", action: "default confirm", record: "PathforaConfirm_", name: "modalConfirm" };
const CANCEL = { event: "cancel", option: "cancelAction", action: "default cancel", record: "PathforaCancel_", name: "modalCancel" };
const CLOSE = { event: "close", option: "closeAction", action: "close", record: "PathforaClosed_", name: "modalClosed" };

/**
 * The action's name in a `close` event.
 * @param {Widget} widget
 */
export function closeName(widget) {
  return widget.closeAction?.name || CLOSE.action;
}

/**
 * Give a new node's controls their handlers. They are properties, so that jQuery's `.trigger()` reaches them.
 * @param {Sdk} sdk
 * @param {LiveWidget} live
 * @param {HTMLElement} node
 * @param {Dismiss} dismiss
 */
export function wire(sdk, live, node, dismiss) {
  for (const [selector, kind] of /** @type {const} */ ([["ok", CONFIRM], ["cancel", CANCEL], ["close", CLOSE]])) {
    for (const control of all(node, `.pf-widget-${selector}`)) {
      control.onclick = (event) => act(sdk, live, kind, event, dismiss);
      control.onmouseenter = () => track(sdk, live.widget, "hover", kind.event);
    }
  }
}

/**
 * Escape closes a dialog as its × does, but for `closeAction.callback` and `closeAction.close`.
 * @param {Sdk} sdk
 * @param {LiveWidget} live
 * @param {Event} event
 * @param {Dismiss} dismiss
 */
export function escape(sdk, live, event, dismiss) {
  act(sdk, live, { ...CLOSE, name: "" }, event, dismiss);
}

/**
 * One press: track, remember, call back, close. A widget on its way out takes no more presses.
 * @param {Sdk} sdk
 * @param {LiveWidget} live
 * @param {Kind} kind
 * @param {Event} event
 * @param {Dismiss} dismiss
 */
function act(sdk, live, kind, event, dismiss) {
  const { widget, node } = live;
  if (live.closing) return;
  const option = widget[kind.option] ?? {};
  const payload = { widget: node, config: widget, event };
  track(sdk, widget, kind.event, option.name || kind.action);
  addCount(kind.record + widget.id, 9999);
  if (kind === CONFIRM && widget.layout === "button") callBack(sdk, widget, widget.onClick, "buttonClicked", payload);
  if (kind.name) callBack(sdk, widget, option.callback, kind.name, payload);
  if (live.closing || (kind.name && stays(sdk, widget, kind, option))) return;
  dismiss(live, `${kind.event} by the visitor`);
  callBack(sdk, widget, widget.onModalClose, "modalClosed", payload);
}

/**
 * Whether a press leaves the widget open.
 * @param {Sdk} sdk
 * @param {Widget} widget
 * @param {Kind} kind
 * @param {{close?: boolean}} option
 */
function stays(sdk, widget, kind, option) {
  return option.close === false || (kind === CONFIRM && sdk.layouts.get(widget.layout)?.stays);
}

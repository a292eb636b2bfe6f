/** @import { LiveWidget, Sdk, Widget } from "./types" */
import { callBack } from "./callbacks.js";
import { all } from "./dom.js";
import { addCount } from "./storage.js";
import { track } from "./tracking.js";

/** @typedef {(live: LiveWidget, reason: string) => void} Dismiss */
/**
 * `then`, if given, is done instead of closing.
 * @typedef {{control: string, event: string, option: string, action: string, record: string, name: string, then?: () => void}} Kind
 */

/** What each control is called in events, options, storage and callbacks (widgets.md 6.1, 7, 8). */
/** @type {Kind} */
const CONFIRM = { control: "ok", event: "confirm", option: "confirmAction", action: "default confirm", record: "PathforaConfirm_", name: "modalConfirm" };
/** @type {Kind} */
const CANCEL = { control: "cancel", event: "cancel", option: "cancelAction", action: "default cancel", record: "PathforaCancel_", name: "modalCancel" };
/** @type {Kind} */
const CLOSE = { control: "close", event: "close", option: "closeAction", action: "close", record: "PathforaClosed_", name: "modalClosed" };

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
  const [confirm, cancel] = [CONFIRM, CANCEL].map((kind) => ({
    ...kind,
    event: `${state}.${kind.event}`,
    action: `${state} ${kind.event}`,
  }));
  return /** @type {[Kind, Kind]} */ ([confirm, cancel]);
}

/**
 * Give a new node's controls their handlers. They are properties, so that jQuery's `.trigger()` reaches them.
 * @param {Sdk} sdk
 * @param {LiveWidget} live
 * @param {HTMLElement} node
 * @param {Dismiss} dismiss
 * @param {Kind[]} [kinds]
 * @param {Record<string, any>} [options] where the actions are configured, if not on the widget
 */
export function wire(sdk, live, node, dismiss, kinds = [CONFIRM, CANCEL, CLOSE], options) {
  const form = node.querySelector("form");
  if (form) form.onsubmit = (event) => act(sdk, live, CONFIRM, event, dismiss);
  for (const kind of kinds) {
    for (const control of all(node, `.pf-widget-${kind.control}`)) {
      control.onclick = (event) => act(sdk, live, kind, event, dismiss, options);
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
 * @param {Record<string, any>} [options]
 */
function act(sdk, live, kind, event, dismiss, options = live.widget) {
  const { widget, node } = live;
  if (live.closing) return;
  const option = options[kind.option] ?? {};
  const payload = { widget: node, config: widget, event };
  /** @param {unknown[]} extra */
  const press = (...extra) => {
    track(sdk, widget, kind.event, option.name || kind.action);
    addCount(kind.record + widget.id, 9999);
    if (kind === CONFIRM && widget.layout === "button") callBack(sdk, widget, widget.onClick, "buttonClicked", payload);
    return !kind.name || callBack(sdk, widget, option.callback, kind.name, payload, ...extra);
  };
  const submit = kind === CONFIRM && sdk.types.get(widget.type)?.submit;
  if (!submit) press();
  else if (submit(sdk, live, payload, option, press, dismiss)) return;
  if (kind.then) return kind.then();
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

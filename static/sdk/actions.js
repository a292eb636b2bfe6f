/** @import { LiveWidget, Widget } from "./types" */
import { callBack } from "./callbacks.js";
import { all } from "./dom.js";
import { dismiss } from "./live.js";
import { addCount } from "./storage.js";
import { RECOMMENDED, track } from "./tracking.js";
import { parts } from "./state.js";

/**
 * `then`, if given, is done instead of closing; `hover`, if given, is what the pointer's coming is called.
 * @typedef {{control: string, event: string, option: string, action: string, record: string, name: string, hover?: string, then?: () => void}} Kind
 */

/** What each control is called in events, options, storage and callbacks (widgets.md 6.1, 7, 8). */
/** @type {Kind} */
const CONFIRM = { control: ".pf-widget-ok", event: "confirm", option: "confirmAction", action: "default confirm", record: "PathforaConfirm_", name: "modalConfirm" };
/** @type {Kind} */
const CANCEL = { control: ".pf-widget-cancel", event: "cancel", option: "cancelAction", action: "default cancel", record: "PathforaCancel_", name: "modalCancel" };
/** @type {Kind} */
const CLOSE = { control: ".pf-widget-close", event: "close", option: "closeAction", action: "close", record: "PathforaClosed_", name: "modalClosed" };

/** A recommended document: the visitor leaves by it, so nothing closes. @type {Kind} */
const CONTENT = { ...CONFIRM, control: ".pf-content-unit", option: "", action: RECOMMENDED, name: "", hover: RECOMMENDED, then: () => {} };

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
 * @param {LiveWidget} live
 * @param {HTMLElement} node
 * @param {Kind[]} [kinds]
 * @param {Record<string, any>} [options] where the actions are configured, if not on the widget
 */
export function wire(live, node, kinds = [CONFIRM, CANCEL, CLOSE, CONTENT], options) {
  const form = node.querySelector("form");
  if (form) form.onsubmit = (event) => act(live, CONFIRM, event);
  for (const kind of kinds) {
    for (const control of all(node, kind.control)) {
      control.onclick = (event) => act(live, kind, event, options);
      control.onmouseenter = () => track(live.widget, "hover", kind.hover ?? kind.event);
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
 * @param {Kind} kind
 * @param {Event} event
 * @param {Record<string, any>} [options]
 */
function act(live, kind, event, options = live.widget) {
  const { widget, node } = live;
  if (live.closing) return;
  const option = options[kind.option] ?? {};
  const payload = { widget: node, config: widget, event };
  /** @param {unknown[]} extra */
  const press = (...extra) => {
    track(widget, kind.event, option.name || kind.action);
    addCount(kind.record + widget.id, 9999);
    if (kind === CONFIRM && widget.layout === "button") callBack(widget, widget.onClick, "buttonClicked", payload);
    return !kind.name || callBack(widget, option.callback, kind.name, payload, ...extra);
  };
  const submit = kind === CONFIRM && parts.types.get(widget.type)?.submit;
  if (!submit) press();
  else if (submit(live, payload, option, press)) return;
  if (kind.then) return kind.then();
  if (live.closing || (kind.name && stays(widget, kind, option))) return;
  dismiss(live, `${kind.event} by the visitor`);
  callBack(widget, widget.onModalClose, "modalClosed", payload);
}

/**
 * Whether a press leaves the widget open.
 * @param {Widget} widget
 * @param {Kind} kind
 * @param {{close?: boolean}} option
 */
function stays(widget, kind, option) {
  return option.close === false || (kind === CONFIRM && parts.layouts.get(widget.layout)?.stays);
}

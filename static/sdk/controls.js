import { make } from "./dom.js";

/** The defaults that all types share (widgets.md 2.2). */
export const buttons = {
  layout: "modal",
  position: "",
  variant: "1",
  okMessage: "Confirm",
  cancelMessage: "Cancel",
  okShow: true,
  cancelShow: true,
};

/** The ok button of a widget without a form. */
export function okButton() {
  return make("button", "pf-widget-btn pf-widget-ok", { type: "button" });
}

export function cancelButton() {
  return make("button", "pf-widget-btn pf-widget-cancel", { type: "button" });
}

export function closeButton() {
  return make("button", "pf-widget-close", { type: "button" }, [String.fromCharCode(215)]);
}

/**
 * The anchor that a recommendation fills; empty, and so invisible, without one.
 * @param {string} [className]
 */
export function contentUnit(className = "") {
  return make("a", `pf-content-unit${className}`);
}

export function headline() {
  return make("h2", "pf-widget-headline");
}

export function messageText() {
  return make("p", "pf-widget-message");
}

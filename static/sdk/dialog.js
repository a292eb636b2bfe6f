/** @import { LiveWidget } from "./types" */
import { all } from "./dom.js";

/** The open ones, the topmost last. @type {LiveWidget[]} */
const dialogs = [];
const FOCUSABLE = "a[href], button, input, select, textarea, summary, iframe, [tabindex], [contenteditable]";

/**
 * Watch the keyboard while a dialog is open. Only the topmost dialog answers.
 * @param {LiveWidget} live
 * @param {(event: KeyboardEvent) => void} onEscape
 */
export function enterDialog(live, onEscape) {
  live.opener ??= focusedElement();
  /** @param {KeyboardEvent} event */
  const onKey = (event) => {
    if (dialogs.filter(isDisplayed).pop() !== live) return;
    if (event.key === "Escape" || event.keyCode === 27) onEscape(event);
    else if (event.key === "Tab" || event.keyCode === 9) keepFocus(live, event);
  };
  document.addEventListener("keydown", onKey);
  dialogs.push(live);
  live.leave = (restore) => {
    live.leave = null;
    document.removeEventListener("keydown", onKey);
    dialogs.splice(dialogs.indexOf(live), 1);
    const { opener } = live;
    if (restore && opener instanceof HTMLElement && opener.isConnected && holdsFocus(live)) opener.focus();
  };
}

/** What has the focus, also when it is inside a component of the page. */
function focusedElement() {
  let focused = document.activeElement;
  while (focused?.shadowRoot?.activeElement) focused = focused.shadowRoot.activeElement;
  return focused;
}

/**
 * Bring the focus into a dialog that has become visible: to the dialog itself, so that its name is read and no key confirms it.
 * @param {LiveWidget} live
 */
export function focusDialog({ node }) {
  if (node && !node.contains(document.activeElement)) {
    /** @type {HTMLElement | null} */ (node.firstElementChild)?.focus({ preventScroll: true });
  }
}

/**
 * A dialog that the stylesheet takes away, as it does on phones, must not hold the keyboard.
 * @param {LiveWidget} live
 */
function isDisplayed({ node }) {
  return node?.checkVisibility?.() !== false;
}

/** @param {LiveWidget} live */
function holdsFocus({ node }) {
  const focused = document.activeElement;
  return !focused || focused === document.body || Boolean(node?.contains(focused));
}

/**
 * Tab and Shift+Tab go round within the dialog. A modal put into a host of the page's own leaves Tab alone.
 * @param {LiveWidget} live
 * @param {KeyboardEvent} event
 */
function keepFocus({ node, widget }, event) {
  if (!node || widget.positionSelector) return;
  const stops = [...all(node, FOCUSABLE)].filter(
    (item) => item.tabIndex >= 0 && !item.matches(":disabled") && item.checkVisibility?.({ visibilityProperty: true }) !== false,
  );
  const edge = event.shiftKey ? stops[0] : stops[stops.length - 1];
  const focused = document.activeElement;
  const within = node.contains(focused) && focused !== node.firstElementChild;
  if (within && focused !== edge) return;
  event.preventDefault();
  (event.shiftKey ? stops[stops.length - 1] : stops[0])?.focus();
}

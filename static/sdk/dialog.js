/** @import { LiveWidget } from "./types" */
import { escape } from "./actions.js";
import { all } from "./dom.js";
import { isGate } from "./gates.js";

/** The open ones, the topmost last. @type {LiveWidget[]} */
const dialogs = [];
/** What was made inert for them. @type {HTMLElement[]} */
const silenced = [];
const FOCUSABLE = "a[href], button, input, select, textarea, summary, iframe, [tabindex], [contenteditable]";

/** The dialog that has the page: one that the stylesheet takes away, as it does on phones, does not count. */
function topDialog() {
  return dialogs.filter(({ node }) => node?.checkVisibility?.() !== false).pop();
}

/** @param {KeyboardEvent} event may have a `keyCode` only */
function onKey(event) {
  const live = topDialog();
  if (!live) return;
  if (event.key === "Escape" || event.keyCode === 27) {
    if (!isGate(live.widget)) escape(live, event);
  } else if (event.key === "Tab" || event.keyCode === 9) keepFocus(live, event);
}

/** Beside the topmost dialog nothing of the page can be used, and the page does not scroll. */
function isolate() {
  const root = document.documentElement;
  const { node } = topDialog() ?? {};
  for (const other of silenced.splice(0)) other.inert = false;
  for (const other of node?.parentNode === document.body ? all(document.body, ":scope > :not([inert])") : []) {
    if (other === node) continue;
    other.inert = true;
    silenced.push(other);
  }
  root.classList.toggle("pf-locked", Boolean(node) && root.scrollHeight > root.clientHeight);
}

/** @param {"addEventListener" | "removeEventListener"} change */
function hearKeys(change) {
  document[change]("keydown", /** @type {EventListener} */ (onKey));
  window[change]("resize", isolate);
}

/**
 * Give a new dialog the keyboard and the page, until its `leave`, which gives the focus back.
 * @param {LiveWidget} live
 */
export function enterDialog(live) {
  let opener = document.activeElement;
  // The focus may be inside a component of the page.
  while (opener?.shadowRoot?.activeElement) opener = opener.shadowRoot.activeElement;
  live.opener ??= opener;
  if (!dialogs.length) hearKeys("addEventListener");
  dialogs.push(live);
  isolate();
  live.leave = (restore) => {
    const focused = document.activeElement;
    const back = /** @type {HTMLElement | null} */ (live.opener);
    live.leave = undefined;
    dialogs.splice(dialogs.indexOf(live), 1);
    if (!dialogs.length) hearKeys("removeEventListener");
    isolate();
    if (restore && back?.isConnected && (!focused || focused === document.body || live.node?.contains(focused))) back.focus();
  };
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
 * Tab and Shift+Tab go round within the dialog. A modal put into a host of the page's own leaves Tab alone.
 * @param {LiveWidget} live
 * @param {KeyboardEvent} event
 */
function keepFocus({ node, widget }, event) {
  if (!node || widget.positionSelector) return;
  const stops = [...all(node, FOCUSABLE)].filter(
    (item) => item.tabIndex >= 0 && !item.matches(":disabled") && item.checkVisibility?.({ visibilityProperty: true }) !== false,
  );
  if (event.shiftKey) stops.reverse();
  const focused = document.activeElement;
  if (node.contains(focused) && focused !== node.firstElementChild && focused !== stops[stops.length - 1]) return;
  event.preventDefault();
  stops[0]?.focus();
}

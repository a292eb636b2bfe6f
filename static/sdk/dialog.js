/** @import { LiveWidget } from "./types" */
import { act } from "./actions.js";
import { all } from "./dom.js";
import { isGate } from "./gates.js";

/** The open ones, the topmost last. @type {Set<LiveWidget>} */
const dialogs = new Set();
/** What was made inert for them. @type {Set<HTMLElement>} */
const silenced = new Set();
/** What may take the focus, if its `tabIndex` says so too. */
const FOCUSABLE = "a[href],:not(a,:disabled)";

/** The dialog that has the page: one that the stylesheet takes away, as it does on phones, does not count. */
function topDialog() {
  return [...dialogs].filter(({ node }) => node?.checkVisibility?.() !== false).pop();
}

/** @param {KeyboardEvent} event may have a `key` or a `keyCode` only */
function onKey(event) {
  const live = topDialog();
  const { key, keyCode } = event;
  if (!live) return;
  // As its × does, but for `closeAction.callback` and `closeAction.close`.
  if ((key === "Escape" || keyCode === 27) && !isGate(live.widget)) act(live, event, "close", "Closed", "", true);
  if (key === "Tab" || keyCode === 9) keepFocus(live, event);
}

/** Beside the topmost dialog nothing of the page can be used, and the page does not scroll. */
function isolate() {
  const { body, documentElement: root } = document;
  const { node } = topDialog() ?? {};
  for (const other of silenced) other.inert = false;
  silenced.clear();
  for (const other of /** @type {Iterable<HTMLElement>} */ (node?.parentNode === body ? body.children : [])) {
    if (other === node || other.inert) continue;
    other.inert = true;
    silenced.add(other);
  }
  root.classList.toggle("pf-locked", node != null && root.scrollHeight > root.clientHeight);
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
  if (!dialogs.size) hearKeys("addEventListener");
  dialogs.add(live);
  isolate();
  live.leave = (restore) => {
    const { activeElement, body } = document;
    const back = /** @type {HTMLElement | null} */ (live.opener);
    live.leave = undefined;
    dialogs.delete(live);
    if (!dialogs.size) hearKeys("removeEventListener");
    isolate();
    if (restore && back?.isConnected && (activeElement === body || live.node?.contains(activeElement))) back.focus();
  };
}

/**
 * Bring the focus into a dialog that has become visible: to the dialog itself, so that its name is read and no key confirms it. What
 * lies over it goes behind: it is inert, and so nobody could put it away.
 * @param {LiveWidget} live
 */
export function focusDialog(live) {
  const node = /** @type {HTMLElement} */ (live.node);
  if (!node.contains(document.activeElement)) {
    /** @type {HTMLElement} */ (node.firstElementChild)?.focus({ preventScroll: true });
  }
  // What is inert is found at no point, and what is not seen, as before its styles are there, takes no focus.
  for (const other of silenced) other.inert = false;
  const top = document.elementFromPoint(innerWidth / 2, innerHeight / 2);
  isolate();
  if (node.contains(document.activeElement) && !node.contains(top)) node.style.zIndex = "2147483647";
}

/**
 * Tab and Shift+Tab go round within the dialog. A modal put into a host of the page's own leaves Tab alone.
 * @param {LiveWidget} live
 * @param {KeyboardEvent} event
 */
function keepFocus({ node, widget }, event) {
  if (!node || widget.positionSelector) return;
  const stops = [...all(node, FOCUSABLE)].filter(
    (item) => item.tabIndex >= 0 && item.checkVisibility?.({ visibilityProperty: true }) !== false,
  );
  if (event.shiftKey) stops.reverse();
  const { activeElement } = document;
  if (node.contains(activeElement) && activeElement !== node.firstElementChild && activeElement !== stops.at(-1)) return;
  event.preventDefault();
  stops[0]?.focus();
}

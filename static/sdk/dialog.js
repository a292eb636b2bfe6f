/** @import { LiveWidget } from "./types" */
import { act } from "./actions.js";
import { all } from "./dom.js";
import { isGate } from "./gates.js";

/** The open ones, the topmost last. @type {Set<LiveWidget>} */
const dialogs = new Set();
/** What was made inert for them. @type {HTMLElement[]} */
let silenced = [];
/** A page that takes a dialog out by itself gets itself back. */
const watcher = new MutationObserver(isolate);
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

/**
 * Beside the topmost dialog nothing of the page can be used, but what it adds later, such as a list to choose from for a field; and it
 * does not scroll.
 */
function isolate() {
  const { body, documentElement: root } = document;
  const { node } = topDialog() ?? {};
  for (const other of silenced) other.inert = false;
  const around = [.../** @type {Iterable<HTMLElement>} */ (node?.parentNode === body ? body.children : [])];
  silenced = around.slice(0, around.indexOf(/** @type {HTMLElement} */ (node))).filter((other) => !other.inert);
  for (const other of silenced) other.inert = true;
  root.classList.toggle("pf-locked", node != null && root.scrollHeight > root.clientHeight);
}

/** @param {"addEventListener" | "removeEventListener"} change */
function hearKeys(change) {
  document[change]("keydown", /** @type {EventListener} */ (onKey));
  window[change]("resize", isolate);
  watcher.disconnect();
}

/**
 * Give a new dialog the keyboard until its `leave`, which gives the focus back.
 * @param {LiveWidget} live
 */
export function enterDialog(live) {
  let opener = document.activeElement;
  // The focus may be inside a component of the page.
  while (opener?.shadowRoot?.activeElement) opener = opener.shadowRoot.activeElement;
  live.opener ??= opener;
  if (!dialogs.size) hearKeys("addEventListener");
  dialogs.add(live);
  // That this one came is no news.
  watcher.disconnect();
  watcher.observe(document.body, { childList: true });
  live.leave = (restore) => {
    const { activeElement, body } = document;
    const { node, opener: back } = /** @type {any} */ (live);
    live.leave = undefined;
    dialogs.delete(live);
    if (!dialogs.size) hearKeys("removeEventListener");
    isolate();
    if (restore && back?.isConnected && (activeElement === body || node.contains(activeElement))) back.focus();
  };
}

/**
 * Give a dialog that has become visible the page and the focus: to the dialog itself, so that its name is read and no key confirms it.
 * What lies over it goes behind, since nobody could put it away. What is not seen, as before its styles are there, takes no focus.
 * @param {LiveWidget} live
 */
export function focusDialog(live) {
  const node = /** @type {HTMLElement} */ (live.node);
  /** @type {HTMLElement} */ (node.firstElementChild).focus({ preventScroll: true });
  const top = document.elementFromPoint(innerWidth / 2, innerHeight / 2);
  if (node.contains(document.activeElement) && !node.contains(top)) node.style.zIndex = "2147483647";
  isolate();
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

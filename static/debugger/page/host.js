import { hostSheet } from "../styles_host.js";

const NAME = "understudy-debugger";
const RETURNS = 3;
/** Outside of these nothing can be used: dialogs, and what fills the screen as far as it can hold us. */
const MODAL = "dialog:modal, :fullscreen:not(:root, video, audio, img, iframe, canvas, object, embed)";

/** Events that stay inside: what is done in the panel is none of the page's business. */
const PRIVATE = [
  "click", "dblclick", "contextmenu", "mousedown", "mouseup", "pointerdown", "pointerup", "touchstart", "touchend", "wheel",
  "keydown", "keyup", "keypress", "input", "beforeinput", "change", "focusin", "focusout", "submit", "copy", "cut", "paste",
];

/**
 * The one element that the debugger adds to a page: a shadow root, with an adopted sheet that no policy forbids.
 */
export function createHost() {
  const host = document.createElement(NAME);
  const root = host.attachShadow({ mode: "open" });
  root.adoptedStyleSheets = [hostSheet()];
  for (const type of PRIVATE) root.addEventListener(type, (event) => event.stopPropagation(), { passive: true });
  let lifted = false;
  let returns = 0;

  const wanted = () => (lifted && openModal()) || document.documentElement;
  const place = () => {
    const [parent, focused] = [wanted(), /** @type {HTMLElement | null} */ (root.activeElement)];
    if (host.parentNode !== parent) move(host, parent);
    // What was shown last is on top, and only what is hidden can be shown.
    if (lifted && host.matches(":popover-open")) host.hidePopover();
    if (lifted) host.showPopover();
    focused?.focus({ preventScroll: true });
    watcher.disconnect();
    watcher.observe(document.documentElement, { childList: true, subtree: parent !== document.documentElement });
  };
  // A framework that owns the whole document may drop what it does not know; come back, but do not fight it. A dialog takes us with it.
  const watcher = new MutationObserver(() => {
    if (!host.isConnected && (lifted || returns++ < RETURNS)) place();
  });
  hearTopLayer(host, (covered) => lifted && (covered || host.parentNode !== wanted()) && place());
  place();

  return {
    root,
    host,
    /**
     * Put the panel above everything, or back into the page. Under a modal dialog nothing can be used but what is in it.
     * @param {boolean} above
     */
    lift(above) {
      lifted = above;
      if (above) host.popover = "manual";
      else host.removeAttribute("popover");
      place();
    },
  };
}

/**
 * Hear what may lie over the panel from now on, or keep it from being used, and what does no more: dialogs, popovers (which the widget
 * SDK makes of a widget where the page's body is transformed), what fills the screen.
 * @param {Element} host
 * @param {(covered: boolean) => void} tell
 */
function hearTopLayer(host, tell) {
  const hear = (/** @type {Event} */ { target }) => target !== host && tell(target instanceof Element && target.matches(":modal, :popover-open"));
  for (const type of ["toggle", "close"]) document.addEventListener(type, hear, true);
  document.addEventListener("fullscreenchange", () => tell(true));
  // A dialog inside of a component tells nobody but takes the focus.
  document.addEventListener("focusin", () => tell(false));
}

/** What is modal and has the focus, be it in a component of the page; else the last such in the page. */
function openModal() {
  let node = /** @type {Node | null} */ (document.activeElement);
  while (node instanceof Element && node.shadowRoot?.activeElement) node = node.shadowRoot.activeElement;
  for (; node; node = node.parentNode ?? /** @type {{host?: Node}} */ (node).host ?? null) {
    if (node instanceof Element && node.matches(MODAL)) return node;
  }
  return [...document.querySelectorAll(MODAL)].at(-1);
}

/**
 * Where the browser can, as it is: scrolled where it was.
 * @param {Element} host
 * @param {Element & {moveBefore?: (node: Node, before: Node | null) => void}} parent
 */
function move(host, parent) {
  if (host.isConnected && parent.moveBefore) parent.moveBefore(host, null);
  else parent.append(host);
}

import { hostSheet } from "../styles_host.js";

const NAME = "understudy-debugger";
const RETURNS = 3;

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

  const place = () => {
    const parent = lifted ? topDialog() : document.documentElement;
    if (host.parentNode !== parent) parent.append(host);
    if (lifted && !host.matches(":popover-open")) host.showPopover();
  };
  // A framework that owns the whole document may drop what it does not know; come back, but do not fight it.
  new MutationObserver(() => {
    if (!host.isConnected && returns++ < RETURNS) place();
  }).observe(document.documentElement, { childList: true });
  for (const type of ["toggle", "close"]) {
    document.addEventListener(type, (event) => lifted && event.target instanceof HTMLDialogElement && place(), true);
  }
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

/** The modal dialog that is open on top, else the document itself. */
function topDialog() {
  return [...document.querySelectorAll("dialog:modal")].at(-1) ?? document.documentElement;
}

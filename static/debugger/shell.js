/** @import { Launcher, PanelMaker, Room } from "./types" */
import { createFrame } from "./frame.js";
import { createDetaching } from "./page/detached.js";
import { createPlacing } from "./page/placing.js";
import { button, element } from "./dom.js";
import { KEYS, OPENED } from "./launcher.js";
import { mark, windowIcon } from "./mark.js";
import { remember } from "./memory.js";
import { allSections } from "./sections/all.js";
import { styleSheet } from "./styles.js";

/**
 * The panel that the launcher opens.
 * @type {PanelMaker}
 */
export function createShell(room, place, { launcher, badge }) {
  const frame = createFrame(room, allSections);
  const close = button("icon-button", "×", () => toggle(false));
  close.setAttribute("aria-label", "Close the debugger");
  const apart = button("icon-button", "", () => toggleWindow());
  apart.append(windowIcon());
  apart.setAttribute("aria-label", "In a window of its own");
  apart.title = "In a window of its own, and back";
  const panel = element(
    "aside", { class: "panel", "aria-label": "Understudy debugger", hidden: "" },
    element("header", {}, mark(), element("h2", {}, "Understudy"), connectionDot(room)),
    badge.strip,
    frame.tabs,
    frame.bodies,
    element("footer", {}, `${KEYS} opens and closes · Esc closes · `, helpLink(room)),
  );
  const { bar, side } = createPlacing(panel);
  panel.prepend(bar);
  panel.querySelector("header")?.append(side, apart, close);
  /** @type {Element | null} */
  let before = null;

  const display = (/** @type {boolean} */ open) => {
    panel.hidden = !open;
    launcher.hidden = open;
    place.lift(open);
    frame.setOpen(open);
    badge.setOpen(open);
  };
  const detaching = createDetaching(panel, place.root, () => display(true));
  const toggleWindow = () => {
    if (detaching.isAway()) detaching.comeHome();
    else if (detaching.leave()) place.lift(false);
  };
  const toggle = (/** @type {boolean} */ open) => {
    if (detaching.isAway()) return detaching.comeHome();
    if (open) before = document.activeElement;
    display(open);
    remember("sessionStorage", OPENED, open ? frame.chosen() : null);
    if (open) frame.focus();
    else giveBack(before, launcher);
  };

  panel.addEventListener("keydown", (event) => {
    if (event.key === "Escape") toggle(false);
  });
  panel.addEventListener("click", () => panel.hidden || remember("sessionStorage", OPENED, frame.chosen()));
  place.root.adoptedStyleSheets = [styleSheet()];
  place.root.append(panel);
  frame.choose("");
  return {
    toggle: () => toggle(panel.hidden),
    open(section) {
      frame.choose(section);
      display(true);
    },
  };
}

/** @param {Room} room */
function helpLink({ server }) {
  return element("a", { href: new URL("api/docs", server.stream).href, target: "_blank", rel: "noopener" }, "Help");
}

/** @param {Room} room */
function connectionDot(room) {
  const dot = element("span", { class: "dot", role: "img" });
  const draw = () => {
    const text = `Live updates: ${room.connection()}`;
    dot.className = `dot ${room.connection()}`;
    dot.setAttribute("aria-label", text);
    dot.title = text;
  };
  room.signal.listen(["connection"], draw);
  draw();
  return dot;
}

/**
 * Return the focus to where it was before the panel opened.
 * @param {Element | null} before
 * @param {Launcher["launcher"]} launcher
 */
function giveBack(before, launcher) {
  const { host } = /** @type {ShadowRoot} */ (launcher.getRootNode());
  const elsewhere = before?.isConnected && before !== document.body && before !== host;
  if (elsewhere && before instanceof HTMLElement) before.focus();
  else launcher.focus();
}

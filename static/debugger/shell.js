/** @import { Room } from "./types" */
import { createBadge } from "./badge.js";
import { createDetaching } from "./page/detached.js";
import { button, element } from "./dom.js";
import { mark, windowIcon } from "./mark.js";
import { remember, remembered } from "./memory.js";

/** What the panel remembers, for this tab only: the section it is open at; written only when a person opens or closes it. */
const OPENED = "panel";
const KEYS = "Alt+Shift+U";

/**
 * The launcher, and the panel that it opens.
 * @param {Room} room
 * @param {ReturnType<typeof import("./page/host.js").createHost>} place
 * @param {ReturnType<typeof import("./frame.js").createFrame>} frame
 */
export function createShell(room, place, frame) {
  const { badge, strip, setOpen } = createBadge(room);
  const named = { "aria-label": "Open the Understudy debugger", title: `Understudy debugger (${KEYS})` };
  const launcher = element("button", { type: "button", class: "launcher", ...named }, mark());
  const close = button("icon-button", "×", () => toggle(false));
  close.setAttribute("aria-label", "Close the debugger");
  const apart = button("icon-button", "", () => toggleWindow());
  apart.append(windowIcon());
  apart.setAttribute("aria-label", "In a window of its own");
  apart.title = "In a window of its own, and back";
  const panel = element(
    "aside", { class: "panel", "aria-label": "Understudy debugger", hidden: "" },
    element("header", {}, mark(), element("h2", {}, "Understudy"), connectionDot(room), apart, close),
    strip,
    frame.tabs,
    frame.bodies,
    element("footer", {}, `${KEYS} opens and closes · Esc closes`),
  );
  /** @type {Element | null} */
  let before = null;

  const display = (/** @type {boolean} */ open) => {
    panel.hidden = !open;
    launcher.hidden = open;
    place.lift(open);
    frame.setOpen(open);
    setOpen(open);
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

  launcher.addEventListener("click", () => toggle(true));
  panel.addEventListener("keydown", (event) => {
    if (event.key === "Escape") toggle(false);
  });
  panel.addEventListener("click", () => panel.hidden || remember("sessionStorage", OPENED, frame.chosen()));
  window.addEventListener("keydown", (event) => {
    if (event.code !== "KeyU" || !event.altKey || !event.shiftKey || event.ctrlKey || event.metaKey) return;
    event.preventDefault();
    toggle(panel.hidden);
  }, true);
  place.root.append(launcher, badge, panel);
  void begin().catch(reportError);

  async function begin() {
    const { open: wanted } = await room.source.ask("launch");
    const opened = wanted || remembered("sessionStorage", OPENED);
    frame.choose(opened ?? "");
    if (opened !== null) display(true);
  }
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
 * @param {HTMLElement} launcher
 */
function giveBack(before, launcher) {
  const { host } = /** @type {ShadowRoot} */ (launcher.getRootNode());
  const elsewhere = before?.isConnected && before !== document.body && before !== host;
  if (elsewhere && before instanceof HTMLElement) before.focus();
  else launcher.focus();
}

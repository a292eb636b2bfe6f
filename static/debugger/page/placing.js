import { button, element } from "../dom.js";
import { sidesIcon } from "../mark.js";
import { remember, remembered } from "../memory.js";

/** Where somebody has put the panel, kept for this origin; written only when it is moved. */
const KEPT_PLACE = "place";
const USUAL_WIDTH = 480;
const LEAST_WIDTH = 320;
const WIDTH_STEP = 20;

/**
 * How wide the panel is, and at which side of the page: a bar that is dragged or moved by the arrow keys, and a button.
 * @param {HTMLElement} panel
 */
export function createPlacing(panel) {
  /** @type {{width: number, left: boolean}} */
  const place = { width: USUAL_WIDTH, left: false, ...remembered("localStorage", KEPT_PLACE) };
  const bar = element("div", { class: "edge-bar", role: "separator", tabindex: "0", "aria-orientation": "vertical", "aria-label": "Width of the panel", "aria-valuemin": String(LEAST_WIDTH) });
  const most = () => Math.max(LEAST_WIDTH, innerWidth - 40);
  const apply = () => {
    panel.style.setProperty("--width", `${place.width}px`);
    panel.classList.toggle("at-left", place.left);
    bar.setAttribute("aria-valuenow", String(place.width));
    bar.setAttribute("aria-valuemax", String(most()));
  };
  const set = (/** @type {{width?: number, left?: boolean}} */ patch) => {
    Object.assign(place, patch);
    place.width = Math.round(Math.min(most(), Math.max(LEAST_WIDTH, place.width)));
    apply();
    remember("localStorage", KEPT_PLACE, place.width === USUAL_WIDTH && !place.left ? null : place);
  };
  bar.addEventListener("pointerdown", (event) => {
    event.preventDefault();
    bar.setPointerCapture(event.pointerId);
  });
  bar.addEventListener("pointermove", (event) => {
    if (bar.hasPointerCapture(event.pointerId)) set({ width: place.left ? event.clientX : innerWidth - event.clientX });
  });
  bar.addEventListener("keydown", (event) => {
    const wider = place.left ? "ArrowRight" : "ArrowLeft";
    const by = { [wider]: WIDTH_STEP, [place.left ? "ArrowLeft" : "ArrowRight"]: -WIDTH_STEP }[event.key];
    const to = by === undefined ? { Home: LEAST_WIDTH, End: most() }[event.key] : place.width + by;
    if (to === undefined) return;
    event.preventDefault();
    set({ width: to });
  });
  const side = button("icon-button sides", "", () => set({ left: !place.left }));
  side.append(sidesIcon());
  side.setAttribute("aria-label", "To the other side");
  side.title = "To the other side of the page";
  apply();
  return { bar, side };
}

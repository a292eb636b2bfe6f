import { button, element } from "../dom.js";
import { sidesIcon } from "../mark.js";
import { remember, remembered } from "../memory.js";

/** Where somebody has put the panel, kept for this origin; written only when it is moved. */
const KEPT_PLACE = "place";
const STEP = 20;
/** What of the page is left to be seen. */
const PAGE = 40;
const LEAST = { width: 320, height: 200 };

/**
 * At which edge of the page the panel is, and how far it comes from there.
 * @typedef {"right" | "left" | "bottom"} Side
 * @typedef {{width: number, height: number, side: Side}} Place
 */

/** @type {Place} */
const USUAL_PLACE = { width: 480, height: 360, side: "right" };
/** Each with the one that follows it. @type {Record<Side, Side>} */
const NEXT_SIDE = { right: "left", left: "bottom", bottom: "right" };
/** Keys that make the panel larger, and smaller. @type {Record<Side, [string, string]>} */
const SIZE_KEYS = { right: ["ArrowLeft", "ArrowRight"], left: ["ArrowRight", "ArrowLeft"], bottom: ["ArrowUp", "ArrowDown"] };

/**
 * How large the panel is, and at which side of the page: a bar that is dragged or moved by the arrow keys, and a button.
 * @param {HTMLElement} panel
 */
export function createPlacing(panel) {
  /** @type {Place} */
  const place = { ...USUAL_PLACE, ...remembered("localStorage", KEPT_PLACE) };
  const bar = element("div", { class: "edge-bar", role: "separator", tabindex: "0" });
  const side = button("icon-button sides", "", () => set({ side: NEXT_SIDE[place.side] }));
  const measure = () => /** @type {"width" | "height"} */ (place.side === "bottom" ? "height" : "width");
  const most = () => Math.max(LEAST[measure()], (measure() === "height" ? innerHeight : innerWidth) - PAGE);
  const apply = () => {
    const [name, next] = [measure(), `To the ${NEXT_SIDE[place.side]} of the page`];
    panel.style.setProperty(`--${name}`, `${place[name]}px`);
    for (const one of /** @type {const} */ (["left", "bottom"])) panel.classList.toggle(`at-${one}`, place.side === one);
    const stated = { label: `${name === "height" ? "Height" : "Width"} of the panel`, orientation: name === "height" ? "horizontal" : "vertical", valuemin: LEAST[name], valuemax: most(), valuenow: place[name] };
    for (const [attribute, value] of Object.entries(stated)) bar.setAttribute(`aria-${attribute}`, String(value));
    side.setAttribute("aria-label", next);
    side.title = next;
  };
  const set = (/** @type {Partial<Place>} */ patch) => {
    Object.assign(place, patch);
    place[measure()] = Math.round(Math.min(most(), Math.max(LEAST[measure()], place[measure()])));
    apply();
    remember("localStorage", KEPT_PLACE, JSON.stringify(place) === JSON.stringify(USUAL_PLACE) ? null : place);
  };
  hearBar(bar, {
    dragged: ({ clientX, clientY }) => set({ [measure()]: { right: innerWidth - clientX, left: clientX, bottom: innerHeight - clientY }[place.side] }),
    pressed: (key) => {
      const by = SIZE_KEYS[place.side].indexOf(key);
      const to = by < 0 ? { Home: LEAST[measure()], End: most() }[key] : place[measure()] + (by ? -STEP : STEP);
      if (to !== undefined) set({ [measure()]: to });
      return to !== undefined;
    },
  });
  side.append(sidesIcon());
  apply();
  return { bar, side };
}

/** @param {HTMLElement} bar @param {{dragged(event: PointerEvent): void, pressed(key: string): boolean}} tell */
function hearBar(bar, { dragged, pressed }) {
  bar.addEventListener("pointerdown", (event) => {
    event.preventDefault();
    bar.setPointerCapture(event.pointerId);
  });
  bar.addEventListener("pointermove", (event) => bar.hasPointerCapture(event.pointerId) && dragged(event));
  bar.addEventListener("keydown", (event) => pressed(event.key) && event.preventDefault());
}

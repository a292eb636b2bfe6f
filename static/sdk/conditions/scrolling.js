/** @import { Condition } from "../types" */
import { hear } from "../page_events.js";

/**
 * A trigger that is asked at each scroll event, and at once on a page that is restored already scrolled (widgets.md 3.13).
 * @param {string} name
 * @param {(value: any, top: number, way: number) => unknown} reached `way` is how far the page can be scrolled
 * @returns {Condition}
 */
function scrolling(name, reached) {
  return {
    name,
    watch: (value, live, poke) => {
      hear(live, "scroll", poke);
      return (event) => {
        const { scrollTop, scrollHeight, clientHeight } = document.scrollingElement || document.documentElement;
        return (event || scrollTop) && reached(value, scrollTop, scrollHeight - clientHeight);
      };
    },
  };
}

/** So much of the page's way is scrolled; never on a page that has none. */
export const scrollPercentageToDisplay = scrolling(
  "scrollPercentageToDisplay",
  (percentage, top, way) => (top / way) * 100 >= percentage,
);

const visible = scrolling("displayWhenElementVisible", (selector, top, way) => {
  const element = document.querySelector(selector);
  return element && (element.getBoundingClientRect().top <= innerHeight / 2 || top >= way - 1);
});

/** The top of an element is above the middle of the window, or the page's end is reached. A missing one is looked for again. @type {Condition} */
export const displayWhenElementVisible = {
  ...visible,
  check: (selector) => [null, document.querySelector(selector) ? undefined : "missing"],
};

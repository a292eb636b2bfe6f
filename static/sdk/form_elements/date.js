/** @import { FormElement } from "../types" */
import { make } from "../dom.js";

/**
 * A day as `yyyy-mm-dd`, by the visitor's calendar. With slashes a day is no moment in UTC, which is another day in half of the world.
 * @param {unknown} value `today`, or what `Date` reads
 */
function isoDay(value) {
  const day = value === "today" ? new Date() : new Date(String(value).replace(/^[\d-]+$/, (text) => text.replace(/-/g, "/")));
  // Swedes write their days that way.
  return value && day.toLocaleDateString("sv");
}

/** A day, between two days if they are given (widgets.md 2.7). @type {FormElement} */
export const dateField = {
  name: "date",
  checked: true,
  build: ({ maxDate, minDate }, names) => make("input", "", { type: "date", max: isoDay(maxDate), min: isoDay(minDate), ...names }),
};

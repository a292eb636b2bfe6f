/** @import { FormElement } from "../types" */
import { make } from "../dom.js";

/**
 * A day as `yyyy-mm-dd`, by the visitor's calendar; undefined for what is no date. An ISO day is taken as it is: read as a moment
 * in UTC it would be another day in half of the world.
 * @param {unknown} value `today`, or what `Date` reads
 */
function isoDay(value) {
  if (!value || /^\d{4}-\d\d-\d\d$/.test(String(value))) return value;
  const day = value === "today" ? new Date() : new Date(String(value));
  return isNaN(+day) ? "" : new Date(+day - day.getTimezoneOffset() * 60000).toISOString().slice(0, 10);
}

/** A day, between two days if they are given (widgets.md 2.7). @type {FormElement} */
export const dateField = {
  name: "date",
  checked: true,
  build: ({ maxDate, minDate }) => {
    const control = make("input", "", { type: "date" });
    for (const [name, value] of [["max", isoDay(maxDate)], ["min", isoDay(minDate)]]) {
      if (value) control.setAttribute(String(name), String(value));
    }
    return control;
  },
};

/** @import { Condition } from "../types" */
import { PAGE_VIEWS } from "../page_views.js";
import { readCount } from "../storage.js";

/** At least so many page views on this site (widgets.md 3.7). @type {Condition} */
export const pageVisits = {
  name: "pageVisits",
  check: (required) => {
    const [count] = readCount(PAGE_VIEWS);
    return [count >= required, count];
  },
};

/** @import { Feature } from "./types" */
import { countImpression } from "./impression_counts.js";
import { updateLegacyCookies } from "./legacy_cookies.js";
import { countPageViews } from "./page_views.js";
import { addCount, store } from "./storage.js";

/** Whether the storage is to be put in order. */
let due = false;

/** See to what older versions left and what has expired: before the first widget, else when the page has started. */
function tidy() {
  if (due) {
    store.removeExpiredItems();
    updateLegacyCookies();
  }
  due = false;
}

/**
 * Counts what conditions look at later: page views, displays and what visitors did (widgets.md 7).
 * @type {Feature}
 */
export const remembering = {
  api: () => ({ initializePageViews: () => countPageViews(1) }),
  start: () => {
    if (!("localStorage" in window && "sessionStorage" in window)) throw new Error("The Pathfora SDK requires the Web Storage API!");
    countPageViews(1);
    due = true;
    setTimeout(tidy); // the first look at cookies takes longer than all else at the start
  },
  begin: tidy,
  count: (id, word) => {
    if (word) addCount(`Pathfora${word}_${id}`);
    else countImpression(id);
  },
};

/** @import { Feature } from "./types" */
import { countImpression } from "./impression_counts.js";
import { countPageView } from "./page_views.js";
import { addCount, store } from "./storage.js";

/**
 * Counts what conditions look at later: page views, displays and what visitors did (widgets.md 7).
 * @type {Feature}
 */
export const remembering = {
  api: () => ({ initializePageViews: countPageView }),
  start: () => {
    if (!("localStorage" in window && "sessionStorage" in window)) throw new Error("The Pathfora SDK requires the Web Storage API!");
    countPageView();
    store.removeExpiredItems();
  },
  count: (id, word) => {
    if (word) addCount(`Pathfora${word}_${id}`);
    else countImpression(id);
  },
};

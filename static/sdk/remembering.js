/** @import { Feature } from "./types" */
import { countImpression } from "./impression_counts.js";
import { updateLegacyCookies } from "./legacy_cookies.js";
import { countPageViews } from "./page_views.js";
import { addCount, store } from "./storage.js";

/**
 * Counts what conditions look at later: page views, displays and what visitors did (widgets.md 7).
 * @type {Feature}
 */
export const remembering = {
  api: () => ({ initializePageViews: () => countPageViews(1) }),
  start: () => {
    if (!("localStorage" in window && "sessionStorage" in window)) throw new Error("The Pathfora SDK requires the Web Storage API!");
    store.removeExpiredItems();
    countPageViews(1);
    // The first look at cookies takes long, and with developer tools the longer the more is running.
    queueMicrotask(updateLegacyCookies);
  },
  count: (id, word) => {
    if (word) addCount(`Pathfora${word}_${id}`);
    else countImpression(id);
  },
};

import { store } from "./storage.js";

export const PAGE_VIEWS = "PathforaPageView";

/**
 * Count page views of this site, up to 9999 (widgets.md 7).
 * @param {number} more
 */
export function countPageViews(more) {
  store.setItem(PAGE_VIEWS, Math.min((Number(store.getItem(PAGE_VIEWS)) || 0) + more, 9999));
}

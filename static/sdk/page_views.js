import { readCount, write } from "./storage.js";

export const PAGE_VIEWS = "PathforaPageView";

/** Count one page view of this site, up to 9999 (widgets.md 7). */
export function countPageView() {
  write(PAGE_VIEWS, Math.min(readCount(PAGE_VIEWS)[0] + 1, 9999));
}

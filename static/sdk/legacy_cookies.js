import { allCookies, deleteCookie, readCookie } from "./cookies.js";
import { countPageViews, PAGE_VIEWS } from "./page_views.js";
import { read } from "./storage.js";
import { decodeSafe } from "./uri.js";

/** Take over every cookie that an older SDK left (widgets.md 7). This page's own view is counted by then. */
export function updateLegacyCookies() {
  for (const cookie of allCookies()) {
    const key = decodeSafe(cookie.replace(/=.*/, ""));
    if (!key.startsWith("Pathfora")) continue;
    if (key === PAGE_VIEWS) countPageViews(Number(readCookie(key)));
    else read(key);
    deleteCookie(key);
  }
}

/** @import { LiveHandlers } from "../types" */
import { dropStylesheet, swapStylesheet } from "./live_css.js";
import { isOnPage } from "./live_page.js";
import { updateWidgets } from "./live_widgets.js";

/** What a change of the workspace's files does to the page. @type {LiveHandlers} */
export const liveUpdates = {
  css: ({ href = "", removed }) => (removed ? dropStylesheet(href) : swapStylesheet(href)),
  experiences: ({ ids = [], removed }) => updateWidgets(ids, Array.isArray(removed) ? removed : []),
  page: ({ path = "" }) => (isOnPage(path) ? location.reload() : undefined),
  missed: () => catchUp(),
};

/** Too much happened while nobody listened: every stylesheet and every widget is compared again. */
function catchUp() {
  for (const link of /** @type {NodeListOf<HTMLLinkElement>} */ (document.querySelectorAll('link[rel~="stylesheet"][href*="/styles/"]'))) {
    const url = new URL(link.href);
    url.searchParams.set("v", String(Date.now()));
    swapStylesheet(url.href);
  }
  return updateWidgets(null, []);
}

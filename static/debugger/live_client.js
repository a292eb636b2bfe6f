/** @import { Connection, LiveMessage, Room, Stored } from "./types" */
/** @import { createOverlay } from "./overlay.js" */
import { dropStylesheet, swapStylesheet } from "./live_css.js";
import { isOnPage } from "./live_page.js";
import { listenLive } from "./live_stream.js";
import { updateWidgets } from "./live_widgets.js";
import { currentTag, visitorId } from "./page_globals.js";

/** Messages after which the page is up to date again. */
const UPDATES = new Set(["experiences", "missed"]);

/**
 * What each message of the server does to the page.
 * @param {Room} room
 * @param {ReturnType<typeof createOverlay>} overlay
 * @param {string} since the newest message when the page was served
 * @param {(state: Connection) => void} tell
 */
export function followServer(room, overlay, since, tell) {
  /** @type {Record<string, (message: LiveMessage) => void | Promise<void>>} */
  const handlers = {
    css: ({ href = "", removed }) => (removed ? dropStylesheet(href) : swapStylesheet(href)),
    experiences: ({ ids = [], removed }) => updateWidgets(ids, Array.isArray(removed) ? removed : []),
    audiences: () => currentTag()?.loadEntity?.(),
    page: ({ path = "" }) => (isOnPage(path) ? location.reload() : undefined),
    problems: ({ problems = [] }) => overlay.show(problems),
    event: (message) => storeReceipt(room, /** @type {any} */ (message)),
    missed: () => catchUp(),
  };
  const handle = async (/** @type {LiveMessage} */ message) => {
    try {
      await handlers[message.type]?.(message);
      if (UPDATES.has(message.type)) overlay.note("");
    } catch (error) {
      overlay.note(error instanceof Error ? error.message : String(error));
    }
  };
  const renewing = new Set(["experiences", "audiences", "personas", "problems", "missed"]);
  listenLive(
    room.server.stream,
    since,
    (message) => {
      if (renewing.has(message.type)) room.server.renew();
      void handle(message);
    },
    tell,
  );
}

/**
 * Only this browser's events: the server tells of every visitor's.
 * @param {Room} room
 * @param {Stored} stored
 */
function storeReceipt(room, stored) {
  const uid = visitorId();
  if (uid === null || (stored.uid !== uid && stored.data["_uid"] !== uid)) return;
  room.log.store(stored);
  room.signal.fire("receipt");
}

/** Too much happened while nobody listened: every stylesheet and every widget is compared again. */
function catchUp() {
  for (const link of /** @type {NodeListOf<HTMLLinkElement>} */ (document.querySelectorAll('link[rel~="stylesheet"][href*="/styles/"]'))) {
    const url = new URL(link.href);
    url.searchParams.set("v", String(Date.now()));
    swapStylesheet(url.href);
  }
  return updateWidgets(null, []);
}

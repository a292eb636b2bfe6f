/** @import { Connection, EventLog, LiveMessage, Server, Signal, Stored, WorldState } from "../types" */
/** @typedef {ReturnType<typeof import("./page_clock.js").createPageClock>} PageClock */
/** @import { createOverlay } from "./overlay.js" */
import { dropStylesheet, swapStylesheet } from "./live_css.js";
import { isOnPage } from "./live_page.js";
import { listenLive } from "./live_stream.js";
import { updateWidgets } from "./live_widgets.js";
import { currentTag, isVisitor, visitorId } from "./page_globals.js";

/** Messages after which the page is up to date again. */
const UPDATES = new Set(["experiences", "missed"]);

/**
 * What each message of the server does to the page.
 * @param {{signal: Signal, server: Server, log: EventLog, world: WorldState, clock: PageClock, bridge: ReturnType<typeof import("./bridge.js").createBridge>}} page
 * @param {ReturnType<typeof createOverlay>} overlay
 * @param {string} since the newest message when the page was served
 * @param {(state: Connection) => void} tell
 */
export function followServer(page, overlay, since, tell) {
  /** @type {Record<string, (message: LiveMessage) => void | Promise<void>>} */
  const handlers = {
    css: ({ href = "", removed }) => (removed ? dropStylesheet(href) : swapStylesheet(href)),
    experiences: ({ ids = [], removed }) => updateWidgets(ids, Array.isArray(removed) ? removed : []),
    audiences: () => currentTag()?.loadEntity?.(),
    page: ({ path = "" }) => (isOnPage(path) ? location.reload() : undefined),
    problems: ({ problems = [] }) => overlay.show(problems),
    event: (message) => storeReceipt(page, /** @type {any} */ (message)),
    clock: (message) => followClock(page, message),
    faults: ({ active = [] }) => {
      page.world.faults = active;
      page.signal.fire("override");
      page.signal.fire("server");
    },
    moved: (message) => noteMoved(page, message),
    missed: () => catchUp(),
    ask: (message) => page.bridge.answer(message),
    follow: (message) => page.bridge.follow(message),
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
    page.server.stream,
    { page: page.bridge.id },
    since,
    (message) => {
      if (renewing.has(message.type)) page.server.renew();
      void handle(message);
    },
    tell,
  );
}

/**
 * Only this browser's events: the server tells of every visitor's.
 * @param {{signal: Signal, log: EventLog}} page
 * @param {Stored} stored
 */
function storeReceipt(page, stored) {
  if (!isVisitor(stored.uid, stored.data["_uid"])) return;
  page.log.store(stored);
  page.signal.fire("receipt");
}

/**
 * The page's clock goes with its world's, so that server and widgets decide by the same time.
 * @param {{signal: Signal, world: WorldState, clock: PageClock}} page
 * @param {LiveMessage} message
 */
function followClock({ signal, world, clock }, { now = 0, mode = "real" }) {
  const before = clock.follow(mode === "real" ? null : { time: now, frozen: mode === "frozen" });
  world.clock = mode !== "real";
  signal.fire("override");
  signal.fire("server");
  if (before) currentTag()?.loadEntity?.();
}

/**
 * Time alone moved a visitor in or out of an audience; this one's is a line of the log, and the page decides anew.
 * @param {{signal: Signal, log: EventLog}} page
 * @param {LiveMessage} message
 */
function noteMoved({ signal, log }, message) {
  const { identities = [], entered = [], left = [], time = Date.now() } = message;
  const own = visitorId();
  if (own === null || !identities.some(([kind, value]) => kind === "_uid" && value === own)) return;
  const title = ["time moved the visitor", ...entered.map((slug) => `into ${slug}`), ...left.map((slug) => `out of ${slug}`)].join(" ");
  log.add({ kind: "note", topic: "moved", title, time, data: { entered, left }, state: "note" });
  signal.fire("moved");
  currentTag()?.loadEntity?.();
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

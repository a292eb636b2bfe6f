/** @import { Connection, EventLog, LiveMessage, Server, Signal, Stored, WorldState } from "../types" */
/** @typedef {ReturnType<typeof import("./page_clock.js").createPageClock>} PageClock */
/** @import { createOverlay } from "./overlay.js" */
import { listenLive } from "./live_stream.js";
import { currentTag, isVisitor, visitorId } from "./page_globals.js";

/** Messages after which the page is up to date again. */
const UPDATES = new Set(["experiences", "missed"]);
/** Messages that need what a page loads only then. */
const INSIDE = new Set(["css", "experiences", "page", "missed", "ask", "follow"]);

/**
 * What each message of the server does to the page.
 * @param {{signal: Signal, server: Server, log: EventLog, world: WorldState, clock: PageClock, id: string, inside: () => Promise<import("../types").Inside>}} page
 * @param {ReturnType<typeof createOverlay>} overlay
 * @param {string} since the newest message when the page was served
 * @param {(state: Connection) => void} tell
 */
export function followServer(page, overlay, since, tell) {
  /** @type {Record<string, (message: LiveMessage) => void | Promise<void>>} */
  const handlers = {
    audiences: () => currentTag()?.loadEntity?.(),
    problems: ({ problems = [] }) => overlay.show(problems),
    event: (message) => storeReceipt(page, /** @type {any} */ (message)),
    clock: (message) => followClock(page, message),
    faults: ({ active = [] }) => {
      page.world.faults = active;
      page.signal.fire("override");
      page.signal.fire("server");
    },
    moved: (message) => noteMoved(page, message),
  };
  const handle = async (/** @type {LiveMessage} */ message) => {
    try {
      const known = INSIDE.has(message.type) ? (await page.inside()).live : handlers;
      await known[message.type]?.(message);
      if (UPDATES.has(message.type)) overlay.note("");
    } catch (error) {
      overlay.note(error instanceof Error ? error.message : String(error));
    }
  };
  const renewing = new Set(["experiences", "audiences", "personas", "problems", "missed"]);
  listenLive(
    page.server.stream,
    { page: page.id },
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
  page.log.later(() => page.log.store(stored));
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
  log.later(() => log.add({ kind: "note", topic: "moved", title, time, data: { entered, left }, state: "note" }));
  signal.fire("moved");
  currentTag()?.loadEntity?.();
}

/** @import { Connection, Room } from "./types" */
import { createLog } from "./event_log.js";
import { eventsSection } from "./events_section.js";
import { experiencesSection } from "./experiences_section.js";
import { createFrame } from "./frame.js";
import { createHost } from "./host.js";
import { followServer } from "./live_client.js";
import { createOverlay } from "./overlay.js";
import { personasSection } from "./personas_section.js";
import { profileSection } from "./profile_section.js";
import { createServer } from "./server_api.js";
import { createShell } from "./shell.js";
import { createSignal } from "./signal.js";
import { statusSection } from "./status_section.js";
import { watchTag } from "./tag_watch.js";
import { createVisitor } from "./visitor.js";

const STARTED = Symbol.for("understudy.debugger");

/**
 * Start the debugger: once in a page, and only in the page itself, not in its frames. It runs before every script of the
 * page, so that it sees the tag come; it shows itself when the document has been read.
 */
export function startDebugger() {
  if (window.top !== window || Reflect.has(window, STARTED)) return;
  Object.defineProperty(window, STARTED, { value: true });
  const script = /** @type {HTMLScriptElement | null} */ (document.currentScript);
  const source = script?.src || `${location.origin}/__understudy__/`;
  const signal = createSignal();
  const log = createLog(signal);
  const server = createServer(new URL("./", source).href, signal);
  /** @type {Connection} */
  let connection = "connecting";
  /** @type {Room} */
  const room = {
    signal,
    log,
    server,
    watch: watchTag(signal, log),
    visitor: createVisitor(server, signal),
    connection: () => connection,
  };
  const overlay = createOverlay();
  window.addEventListener("pathfora:decision", () => signal.fire("decision"));
  followServer(room, overlay, script?.dataset["since"] ?? "", (state) => {
    if (connection === "blocked") return;
    connection = state;
    signal.fire("connection");
  });
  const show = () => {
    const place = createHost();
    place.root.append(overlay.node);
    createShell(room, place, createFrame(room, [statusSection, eventsSection, profileSection, experiencesSection, personasSection]));
  };
  if (document.readyState === "loading") document.addEventListener("DOMContentLoaded", show, { once: true });
  else show();
}

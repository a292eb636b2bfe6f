/** @import { Connection, Room } from "./types" */
import { createLog } from "./log/call_log.js";
import { answersOf } from "./page/answers.js";
import { createBridge, pageId } from "./page/bridge.js";
import { createHost } from "./page/host.js";
import { keepLogOver } from "./page/kept_log.js";
import { launchPersona, launchWidget, takeLaunch } from "./page/launch.js";
import { followServer } from "./page/live_client.js";
import { createOutlines } from "./page/outlines.js";
import { createOverlay } from "./page/overlay.js";
import { createOverrides } from "./page/overrides.js";
import { createPageClock } from "./page/page_clock.js";
import { hostsOfTag } from "./page/page_globals.js";
import { startRecorder } from "./page/recorder.js";
import { createTabVisitor } from "./page/tab_visitor.js";
import { watchTag } from "./page/tag_watch.js";
import { createVisitor } from "./page/visitor.js";
import { createFrame } from "./frame.js";
import { allSections } from "./sections/all.js";
import { createServer } from "./server_api.js";
import { createShell } from "./shell.js";
import { createSignal } from "./signal.js";
import { createSource } from "./source.js";
import { askedPersona, offerTestApi } from "./testing/asked.js";
import { createTestApi } from "./testing/test_api.js";

const STARTED = Symbol.for("understudy.debugger");

/**
 * Start the debugger: once in a page, and only in the page itself, not in its frames. It runs before every script of the
 * page, so that it sees the tag come and every request; it shows itself when the document has been read.
 */
export function startDebugger() {
  if (window.top !== window || Reflect.has(window, STARTED)) return;
  Object.defineProperty(window, STARTED, { value: true });
  const script = /** @type {HTMLScriptElement | null} */ (document.currentScript);
  const address = script?.src || `${location.origin}/__understudy__/`;
  const signal = createSignal();
  const server = createServer(new URL("./", address).href, signal);
  const launch = takeLaunch();
  const tab = createTabVisitor();
  const persona = launch.persona || askedPersona(tab.persona());
  const refusal = launchPersona({ ...launch, persona }, new URL("./", address).href, tab);
  const page = { ...createPage(signal, new URL(address).host, script?.dataset["clock"] ?? ""), launch, visitor: createVisitor(server, signal, tab) };
  /** @type {Connection} */
  let connection = "connecting";
  const answers = answersOf(page);
  /** @type {Room} */
  const room = { signal, server, source: createSource(answers, signal), connection: () => connection };
  const testApi = createTestApi(room, page.log, refusal);
  offerTestApi(testApi);
  launchWidget(launch, signal, answers.force);
  const overlay = createOverlay();
  if (refusal) overlay.note(refusal);
  followServer({ ...page, server, bridge: createBridge(pageId(), room, testApi) }, overlay, script?.dataset["since"] ?? "", (state) => {
    if (connection === "blocked") return;
    connection = state;
    signal.fire("connection");
  });
  const show = () => {
    const place = createHost();
    place.root.append(page.outlines.node, overlay.node);
    createShell(room, place, createFrame(room, allSections));
  };
  if (document.readyState === "loading") document.addEventListener("DOMContentLoaded", show, { once: true });
  else show();
}

/**
 * Everything that watches this page or can change it.
 * @param {import("./types").Signal} signal
 * @param {string} host of the server
 * @param {string} time of its world, see `createPageClock`
 */
function createPage(signal, host, time) {
  const clock = createPageClock(signal, time);
  const world = { clock: time !== "", faults: [] };
  const overrides = createOverrides(signal);
  const log = createLog(signal);
  const recorder = startRecorder(log, () => hostsOfTag(host), overrides.change);
  const watch = watchTag(signal, recorder.note);
  window.addEventListener("pathfora:decision", () => signal.fire("decision"));
  return { signal, log, load: recorder.load, watch, overrides, clock, world, keeping: keepLogOver(log), outlines: createOutlines() };
}

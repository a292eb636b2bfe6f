/** @import { Connection, Room } from "./types" */
import { answersOf } from "./page/answers.js";
import { createBridge, pageId } from "./page/bridge.js";
import { createHost } from "./page/host.js";
import { launchOverrides, launchPersona, launchWidget, takeLaunch } from "./page/launch.js";
import { followServer } from "./page/live_client.js";
import { createOverlay } from "./page/overlay.js";
import { createPageParts } from "./page/page_parts.js";
import { createTabVisitor } from "./page/tab_visitor.js";
import { createVisitor } from "./page/visitor.js";
import { fetchPanelMaker, takePage } from "./handover.js";
import { createLauncher } from "./launcher.js";
import { createServer } from "./server_api.js";
import { createSignal } from "./signal.js";
import { createSource } from "./source.js";
import { askedPersona, offerTestApi } from "./testing/asked.js";
import { createTestApi } from "./testing/test_api.js";

/**
 * Start the debugger: once in a page, and only in the page itself, not in its frames. It runs before every script of the
 * page, so that it sees the tag come and every request; it shows itself when the document has been read.
 */
export function startDebugger() {
  if (window.top !== window || !takePage()) return;
  const script = /** @type {HTMLScriptElement | null} */ (document.currentScript);
  const address = script?.src || `${location.origin}/__understudy__/`;
  const signal = createSignal();
  const server = createServer(new URL("./", address).href, signal);
  const launch = takeLaunch();
  const tab = createTabVisitor();
  const persona = launch.persona || askedPersona(tab.persona());
  const refusal = launchOverrides(launch) || launchPersona({ ...launch, persona }, new URL("./", address).href, tab);
  const page = { ...createPageParts(signal, new URL(address).host, script?.dataset["clock"] ?? ""), launch, visitor: createVisitor(server, signal, tab) };
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
    createLauncher(room, place, () => fetchPanelMaker(new URL("debugger-panel.js", address).href), overlay.note);
  };
  if (document.readyState === "loading") document.addEventListener("DOMContentLoaded", show, { once: true });
  else show();
}

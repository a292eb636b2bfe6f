/** @import { Connection, InsideMaker, Room } from "./types" */
import { firstAnswers } from "./page/first_answers.js";
import { offerToFrames, recordFrame } from "./page/framed.js";
import { createHost } from "./page/host.js";
import { launchOverrides, launchPersona, takeLaunch } from "./page/launch.js";
import { followServer } from "./page/live_client.js";
import { createOverlay } from "./page/overlay.js";
import { pageId } from "./page/page_id.js";
import { createPageParts } from "./page/page_parts.js";
import { createTabVisitor } from "./page/tab_visitor.js";
import { element } from "./dom.js";
import { fetchPart, takePage, whenWanted } from "./handover.js";
import { createLauncher } from "./launcher.js";
import { createServer } from "./server_api.js";
import { createSignal } from "./signal.js";
import { createSource } from "./source.js";
import { askedPersona, offerTestApi } from "./testing/asked.js";

/**
 * Start the debugger: once in a page; its frames only write into the page's log. It runs before every script of the
 * page, so that it sees the tag come and every request; it shows itself when the document has been read.
 */
export function startDebugger() {
  const script = /** @type {HTMLScriptElement | null} */ (document.currentScript);
  const address = script?.src || `${location.origin}/__understudy__/`;
  if (window.top !== window) return recordFrame(new URL(address).host);
  if (!takePage()) return;
  const signal = createSignal();
  const server = createServer(new URL("./", address).href, signal);
  const launch = takeLaunch();
  const tab = createTabVisitor();
  const persona = launch.persona || askedPersona(tab.persona());
  const refusal = launchOverrides(launch) || launchPersona({ ...launch, persona }, new URL("./", address).href, tab);
  const page = { ...createPageParts(signal, new URL(address).host, script?.dataset["clock"] ?? ""), launch, tab };
  offerToFrames(page);
  /** @type {Connection} */
  let connection = "connecting";
  const [id, layer, overlay] = [pageId(), element("div", {}), createOverlay()];
  const inside = whenWanted(async () => {
    const make = /** @type {InsideMaker} */ (await fetchPart(new URL("debugger-answers.js", address).href, "inside"));
    return make(page, { id, server, layer, refusal, connection: room.connection });
  });
  /** @type {Room} */
  const room = { signal, server, source: createSource(firstAnswers(page), signal, async () => (await inside()).answers), connection: () => connection };
  offerTestApi(inside);
  if (launch.show) void inside().catch(reportError);
  if (refusal) overlay.note(refusal);
  followServer({ ...page, server, id, inside }, overlay, script?.dataset["since"] ?? "", (state) => {
    if (connection === "blocked") return;
    connection = state;
    signal.fire("connection");
  });
  const show = () => {
    const place = createHost();
    place.root.append(layer, overlay.node);
    createLauncher(room, place, () => fetchPart(new URL("debugger-panel.js", address).href, "panel"), overlay.note);
  };
  if (document.readyState === "loading") document.addEventListener("DOMContentLoaded", show, { once: true });
  else show();
}

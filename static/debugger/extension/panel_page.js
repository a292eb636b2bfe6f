/* global chrome */
/** @import { Channel, Connection, Room } from "../types" */
import { createBadge } from "../badge.js";
import { element } from "../dom.js";
import { createFrame } from "../frame.js";
import { allSections } from "../sections/all.js";
import { createSignal } from "../signal.js";
import { remoteSource } from "../source.js";
import { styleSheet } from "../styles.js";
import { createNoServer } from "./no_server.js";
import { isSwitchedOn, isWatched, stopWatching, switchTo, watchSite } from "./opting.js";
import { createPanelHeader } from "./panel_header.js";
import { PANEL_PORT } from "./panel_port.js";
import { panelSheet } from "./panel_styles.js";
import { offScreen, silentScreen, stoppedScreen, unknownScreen, unwatchedScreen } from "./screens.js";
import { seenTags } from "./seen_tags.js";
import { createTabSection } from "./tab_section.js";
import { watchTab } from "./watched_tab.js";

/** The panel beside a page, in the developer tools or in a tab of its own: it asks the page of its tab, and no worker. */
export function startPanelPage() {
  const main = element("main", {});
  /** @type {{tab: number, origin: string | null} | null} */
  let seen = null;
  /** @type {ReturnType<typeof showPage> | null} */
  let shown = null;
  let chosen = "status";
  let turn = 0;
  /** What the browser does not name any more, because its leave has been given back. @type {{tab: number, origin: string} | null} */
  let stopped = null;

  const say = (/** @type {HTMLElement} */ screen) => {
    const hadFocus = main.matches(":focus-within");
    main.replaceChildren(screen);
    if (hadFocus) screen.focus();
  };
  const leave = () => {
    if (!shown) return;
    chosen = shown.frame.chosen();
    shown.end();
    shown = null;
  };
  const reload = (/** @type {number} */ tab) => chrome.tabs.reload(tab);
  const turnTo = async (/** @type {boolean} */ on) => {
    const { tab, origin } = seen ?? { tab: 0, origin: null };
    const was = origin !== null && (await isWatched(origin));
    await switchTo(on);
    if (origin !== null && (was || (await isWatched(origin)))) await reload(tab);
  };
  const watch = (/** @type {number} */ tab, /** @type {string} */ origin) => void watchSite(origin).then((may) => may && reload(tab)).catch(reportError);
  const stop = async (/** @type {number} */ tab, /** @type {string} */ origin) => {
    stopped = { tab, origin };
    await stopWatching(origin);
    await reload(tab);
  };
  const header = createPanelHeader((on) => void turnTo(on).catch(reportError));
  const draw = async (/** @type {number} */ tab, /** @type {string | null} */ origin) => {
    const mine = ++turn;
    seen = { tab, origin };
    const [on, watched] = [await isSwitchedOn(), origin !== null && (await isWatched(origin))];
    const tags = on && origin !== null && !watched ? await seenTags(tab) : null;
    if (mine !== turn) return; // something else is in view by now
    header.show(origin, on);
    if (watched && origin !== null && shown?.isAbout(tab, origin)) return;
    leave();
    if (!on) return say(offScreen(() => void turnTo(true).catch(reportError)));
    if (origin === null) return say(stopped?.tab === tab ? stoppedScreen(stopped.origin, () => watch(tab, stopped?.origin ?? "")) : unknownScreen());
    if (!watched) return say(unwatchedScreen(origin, tags, () => watch(tab, origin)));
    const lost = () => {
      leave();
      say(silentScreen(() => void reload(tab)));
    };
    shown = showPage(tab, origin, lost, () => void stop(tab, origin).catch(reportError));
    main.replaceChildren(...shown.nodes);
    shown.frame.choose(chosen);
    shown.frame.setOpen(true);
  };

  const host = document.createElement("understudy-panel");
  const root = host.attachShadow({ mode: "open" });
  root.adoptedStyleSheets = [styleSheet(), panelSheet()];
  root.append(element("div", { class: "shell" }, header.node, main));
  document.body.append(host);
  void watchTab((tab, origin) => void draw(tab, origin).catch(reportError)).catch(reportError);
}

/**
 * The sections, about the page of a tab.
 * @param {number} tab
 * @param {string} origin
 * @param {() => void} lost
 * @param {() => void} stop
 */
function showPage(tab, origin, lost, stop) {
  const port = chrome.tabs.connect(tab, { name: PANEL_PORT, frameId: 0 });
  const signal = createSignal();
  /** @type {Connection} */
  let connection = "connected";
  /** @type {Room} */
  const room = { signal, server: createNoServer(), source: remoteSource(panelChannel(port), signal), connection: () => connection };
  const frame = createFrame(room, [...allSections, createTabSection(() => tab, stop)]);
  port.onDisconnect.addListener(() => {
    connection = "lost";
    lost();
  });
  return {
    frame,
    nodes: [createBadge(room).strip, frame.tabs, frame.bodies],
    /** Whether this is still what is in view: a page that only changed its address is. @param {number} other @param {string} site */
    isAbout: (other, site) => other === tab && site === origin && connection === "connected",
    end() {
      frame.setOpen(false);
      port.disconnect();
    },
  };
}

/** @param {any} port @returns {Channel} */
function panelChannel(port) {
  return {
    post: (message) => port.postMessage(message),
    hear(listener) {
      port.onMessage.addListener(listener);
      return () => port.onMessage.removeListener(listener);
    },
  };
}

/* global chrome */
/** @import { Channel, Connection, Room } from "../types" */
import { createBadge } from "../badge.js";
import { button, element } from "../dom.js";
import { createFrame } from "../frame.js";
import { mark } from "../mark.js";
import { allSections } from "../sections/all.js";
import { createSignal } from "../signal.js";
import { remoteSource } from "../source.js";
import { styleSheet } from "../styles.js";
import { createNoServer } from "./no_server.js";
import { patternOf } from "./opting.js";
import { PANEL_PORT } from "./panel_port.js";
import { panelSheet } from "./panel_styles.js";
import { createTabSection } from "./tab_section.js";
import { watchTab } from "./watched_tab.js";

/** The panel beside a page, in the developer tools or in a tab of its own: it asks the page of its tab, and no worker. */
export function startPanelPage() {
  const where = element("h2", {});
  const main = element("main", {});
  const host = document.createElement("understudy-panel");
  const root = host.attachShadow({ mode: "open" });
  root.adoptedStyleSheets = [styleSheet(), panelSheet()];
  root.append(element("div", { class: "shell" }, element("header", {}, mark(), element("h1", {}, "Understudy"), where), main));
  document.body.append(host);
  /** @type {any} */
  let port = null;
  /** @type {ReturnType<typeof createFrame> | null} */
  let shown = null;
  void watchTab(async (tab, origin) => {
    port?.disconnect();
    port = null;
    where.textContent = origin ?? "";
    if (!origin) return main.replaceChildren(unknownSite());
    const allowed = await chrome.permissions.contains({ origins: [patternOf(origin)] });
    if (!allowed) return main.replaceChildren(optIn(tab, origin));
    port = chrome.tabs.connect(tab, { name: PANEL_PORT, frameId: 0 });
    shown = showPage(main, port, tab, origin, shown?.chosen() || "status");
  }).catch(reportError);
}

function unknownSite() {
  return element("div", { class: "ask" }, element("p", {}, "Which site is in view is not known to this extension. Press its button in the browser's toolbar while you are on a page of the site that you want to look at."));
}

/** @param {number} tab @param {string} origin */
function optIn(tab, origin) {
  const watch = button("main-button", `Watch ${origin}`, async () => {
    if (await chrome.permissions.request({ origins: [patternOf(origin)] })) await chrome.tabs.reload(tab);
  });
  return element("div", { class: "ask" }, element("p", {}, "This site is not watched. The extension sees nothing of a site before you say so, and no other site by that."), watch);
}

/** @param {HTMLElement} main @param {any} port @param {number} tab @param {string} origin @param {string} section */
function showPage(main, port, tab, origin, section) {
  const signal = createSignal();
  /** @type {Connection} */
  let connection = "connected";
  const unpin = () => void chrome.permissions.remove({ origins: [patternOf(origin)] });
  /** @type {Room} */
  const room = { signal, server: createNoServer(), source: remoteSource(panelChannel(port), signal), connection: () => connection };
  const frame = createFrame(room, [...allSections, createTabSection(() => tab, unpin)]);
  port.onDisconnect.addListener(() => {
    connection = "lost";
    const reload = button("main-button", "Reload the page", () => void chrome.tabs.reload(tab));
    if (main.contains(frame.tabs)) main.replaceChildren(element("div", { class: "ask" }, element("p", {}, "The page does not answer: it was there before the site was watched, or is gone."), reload));
  });
  main.replaceChildren(createBadge(room).strip, frame.tabs, frame.bodies);
  frame.choose(section);
  frame.setOpen(true);
  return frame;
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

/* global chrome */
/** @import { Channel, Connection, Room } from "../types" */
import { createBadge } from "../badge.js";
import { createFrame } from "../frame.js";
import { allSections } from "../sections/all.js";
import { createSignal } from "../signal.js";
import { remoteSource } from "../source.js";
import { createNoServer } from "./no_server.js";
import { PANEL_PORT } from "./panel_port.js";
import { createTabSection } from "./tab_section.js";

/**
 * The sections, about the page of a tab.
 * @param {number} tab
 * @param {string} origin
 * @param {() => void} lost
 * @param {() => void} stop
 */
export function showPage(tab, origin, lost, stop) {
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

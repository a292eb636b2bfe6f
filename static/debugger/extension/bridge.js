/* global chrome */
/** @import { ChannelMessage, LogEntry, LogView } from "../types" */
import { PANEL_PORT } from "./panel_port.js";
import { takePort } from "./port_handover.js";

/** Asked for the tab's record, not by a panel: panels number from 1. */
const OWN = -1;
/** How long the worker may take to start and write. */
const PATIENCE_MS = 2000;

/**
 * In the extension's world of a page: pass on what panels ask, and keep the tab's record with the worker, which outlives the page.
 */
export function startBridge() {
  takePort((page) => {
    /** @type {Set<any>} */
    const panels = new Set();
    const record = createRecord((message) => page.postMessage(message));
    page.onmessage = ({ data }) => {
      if (data.id === OWN) record.take(data.answer);
      else for (const panel of panels) panel.postMessage(data);
      if (data.topic === "log") record.look();
    };
    chrome.runtime.onConnect.addListener((/** @type {any} */ panel) => {
      if (panel.name !== PANEL_PORT) return;
      panels.add(panel);
      panel.onMessage.addListener((/** @type {ChannelMessage} */ message) => page.postMessage(message));
      panel.onDisconnect.addListener(() => panels.delete(panel));
    });
    record.look();
    void tellWorker([]); // that the page is watched, before anything happens in it
  });
}

/**
 * @param {ReturnType<typeof recordLine>[]} lines
 * @returns {Promise<boolean>} whether it has them
 */
function tellWorker(lines) {
  return chrome.runtime.sendMessage({ type: "lines", lines }).then(() => true, () => false);
}

/**
 * What happened in this page, line by line, given to the worker once each line has ended, until it says that it has it: it may be
 * ended by the browser at any moment, also while it writes.
 * @param {(message: ChannelMessage) => void} ask
 */
function createRecord(ask) {
  /** @type {Map<string, ReturnType<typeof recordLine>>} */
  const pending = new Map();
  let rev = 0;
  let epoch = -1;
  let busy = false;
  let again = false;
  const look = () => {
    again = busy;
    if (busy) return;
    busy = true;
    ask({ id: OWN, ask: "log", given: [rev, epoch] });
  };
  const give = async () => {
    const lines = [...pending.values()];
    if (!lines.length || !chrome.runtime?.id) return; // an extension that was reloaded has nothing to do with this page any more
    const taken = await Promise.race([tellWorker(lines), new Promise((go) => setTimeout(go, PATIENCE_MS, false))]);
    if (!taken) again = true;
    else for (const line of lines) if (pending.get(line.key) === line) pending.delete(line.key);
  };
  return {
    look,
    /** @param {LogView | undefined} view */
    async take(view) {
      if (view) {
        ({ rev, epoch } = view);
        for (const entry of view.entries) if (entry.state !== "sending" && entry.url) pending.set(recordLine(entry).key, recordLine(entry));
        await give();
      }
      busy = false;
      if (again) look();
    },
  };
}

/** @param {LogEntry} entry */
function recordLine({ key, load, kind, title, time, route, status, state, url }) {
  return { key: `${load}-${key}`, load, kind, title, time, route, status, state, url };
}

/* global chrome */
import { registerScripts } from "./opting.js";
import { addLines, forgetRecord } from "./tab_records.js";

/**
 * The worker. Every listener is there from its first turn on, and nothing is held in memory: it may end at any time, and begins
 * anew with the next event (debugger.md 7.0, rule 2).
 */
export function startWorker() {
  /** One at a time: both write what they have read. */
  let registering = Promise.resolve();
  let writing = Promise.resolve();
  const renew = () => (registering = registering.then(registerScripts).catch(reportError));
  const write = (/** @type {() => Promise<void>} */ work) => (writing = writing.then(work).catch(reportError));

  chrome.runtime.onInstalled.addListener(renew);
  chrome.runtime.onStartup.addListener(renew);
  chrome.permissions.onAdded.addListener(renew);
  chrome.permissions.onRemoved.addListener(renew);
  chrome.action.onClicked.addListener((/** @type {any} */ tab) => chrome.sidePanel.open({ tabId: tab.id }));
  chrome.tabs.onRemoved.addListener((/** @type {number} */ tab) => void write(() => forgetRecord(tab)));
  chrome.runtime.onMessage.addListener((/** @type {any} */ message, /** @type {any} */ sender, /** @type {(answer: unknown) => void} */ answer) => {
    if (message.type !== "lines" || !sender.tab) return false;
    void write(async () => {
      const { total } = await addLines(sender.tab.id, message.origin, message.lines);
      await chrome.action.setBadgeText({ tabId: sender.tab.id, text: total > 999 ? "999+" : String(total) });
    }).then(() => answer(true));
    return true; // the answer comes later, and the worker stays for it
  });
}

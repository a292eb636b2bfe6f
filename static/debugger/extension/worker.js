/* global chrome */
import { isWatched, registerScripts } from "./opting.js";
import { addLines, allRecords, forgetRecord } from "./tab_records.js";
import { tellNoMore, tellUsual, tellWatched } from "./toolbar.js";

/**
 * The worker. Every listener is there from its first turn on, and nothing is held in memory: it may end at any time, and begins
 * anew with the next event (debugger.md 7.0, rule 2).
 */
export function startWorker() {
  /** One at a time: each writes what it has read. */
  let turn = Promise.resolve();
  const inTurn = (/** @type {() => Promise<void>} */ work) => (turn = turn.then(work).catch(reportError));
  const renew = () => inTurn(renewAll);

  chrome.runtime.onInstalled.addListener(renew);
  chrome.runtime.onStartup.addListener(renew);
  chrome.permissions.onAdded.addListener(renew);
  chrome.permissions.onRemoved.addListener(renew);
  chrome.action.onClicked.addListener((/** @type {any} */ tab) => chrome.sidePanel.open({ tabId: tab.id }));
  chrome.tabs.onRemoved.addListener((/** @type {number} */ tab) => void inTurn(() => forgetRecord(tab)));
  chrome.runtime.onMessage.addListener((/** @type {any} */ message, /** @type {any} */ sender, /** @type {(answer: unknown) => void} */ answer) => {
    const work = message.type === "renew" ? renewAll : message.type === "lines" && sender.tab ? () => keep(sender, message.lines) : null;
    if (!work) return false;
    void inTurn(work).then(() => answer(true));
    return true; // the answer comes later, and the worker stays for it
  });
}

/** After any change of what is watched: the scripts, the button, and nothing kept of a site that is watched no more. */
async function renewAll() {
  await registerScripts();
  await tellUsual();
  for (const { tab, origin } of await allRecords()) {
    if (await isWatched(origin)) continue;
    await forgetRecord(tab);
    await tellNoMore(tab).catch(() => undefined); // a tab that has been closed meanwhile
  }
}

/**
 * A page goes on with its scripts until it is loaded again, also when its site is watched no more.
 * @param {any} sender as the browser names it, whatever a page might say
 * @param {import("./tab_records.js").Line[]} lines
 */
async function keep({ tab, url }, lines) {
  const { origin } = new URL(url);
  if (!(await isWatched(origin))) return;
  const { total } = await addLines(tab.id, origin, lines);
  await tellWatched(tab.id, origin, total).catch(() => undefined); // a tab that has been closed meanwhile
}

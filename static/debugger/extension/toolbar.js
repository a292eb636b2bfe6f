/* global chrome */
import { isSwitchedOn } from "./opting.js";

const ASLEEP = "Understudy does not watch this site. Press to look beside the page.";
const OFF = "Understudy is switched off. Press to switch it on beside the page.";
const MOST = 999;

/** @param {string} kind of the picture: in colour where a site is watched, else grey @returns {Record<number, string>} */
function pictures(kind) {
  return { 16: `/icons/16${kind}.png`, 32: `/icons/32${kind}.png` };
}

/** What the button says of tabs that are not watched. The browser comes back to that with each page that loads. */
export async function tellUsual() {
  const on = await isSwitchedOn();
  await chrome.action.setTitle({ title: on ? ASLEEP : OFF });
  await chrome.action.setBadgeText({ text: on ? "" : "off" });
}

/**
 * @param {number} tabId
 * @param {string} origin
 * @param {number} total of its requests that were seen
 */
export async function tellWatched(tabId, origin, total) {
  const text = total > MOST ? `${MOST}+` : total ? String(total) : "on";
  await Promise.all([
    chrome.action.setIcon({ tabId, path: pictures("") }),
    chrome.action.setBadgeText({ tabId, text }),
    chrome.action.setTitle({ tabId, title: `Understudy watches ${origin}: ${total} ${total === 1 ? "request" : "requests"} in this tab` }),
  ]);
}

/** Back to what is usual, while the page stays. @param {number} tabId */
export async function tellNoMore(tabId) {
  await Promise.all([
    chrome.action.setIcon({ tabId, path: pictures("-off") }),
    chrome.action.setBadgeText({ tabId, text: null }),
    chrome.action.setTitle({ tabId, title: (await isSwitchedOn()) ? ASLEEP : OFF }),
  ]);
}

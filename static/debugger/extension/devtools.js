/* global chrome */

/** A tab of the browser's own developer tools, with the same panel. */
export function addDevToolsTab() {
  chrome.devtools.panels.create("Understudy", "", "panel.html?devtools");
}

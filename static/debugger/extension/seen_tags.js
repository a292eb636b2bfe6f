/* global chrome */
/** @typedef {{name: string, version: string}} SeenTag */

/**
 * Which tags a page has, before its site is watched: looked at once. The browser lets us while somebody has pressed our button on
 * that page, and otherwise not.
 * @param {number} tabId
 * @returns {Promise<SeenTag[] | null>} null when that may not be known
 */
export async function seenTags(tabId) {
  const looked = await chrome.scripting.executeScript({ target: { tabId }, world: "MAIN", func: tagsHere }).catch(() => null);
  return looked?.[0]?.result ?? null;
}

/** Sent to the page as its own text, so it may use nothing from outside of it. Getters of the page are none of ours to call. */
function tagsHere() {
  return Object.keys(window).flatMap((name) => {
    const found = Object.getOwnPropertyDescriptor(window, name)?.value;
    try {
      const isTag = found !== null && typeof found === "object" && typeof found.send === "function" && (name === "jstag" || typeof found.config === "object");
      return isTag ? [{ name, version: String(found.config?.version ?? "") }] : [];
    } catch {
      return []; // a window of another origin
    }
  });
}

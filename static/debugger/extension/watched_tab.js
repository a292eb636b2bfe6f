/* global chrome */

/**
 * Which tab a panel is about: the one that its address names, the one under inspection, or the one in view, as that changes; told anew
 * whenever what is watched may have changed.
 * @param {(tab: number, origin: string | null) => void} tell the origin is null when the browser does not let us know it
 */
export async function watchTab(tell) {
  const asked = new URLSearchParams(location.search).get("tab");
  const inspected = chrome.devtools?.inspectedWindow?.tabId;
  const fixed = asked ? Number(asked) : inspected;
  let current = fixed;
  const look = async () => {
    if (fixed === undefined) current = (await chrome.tabs.query({ active: true, currentWindow: true }))[0]?.id;
    if (current === undefined) return;
    const tab = await chrome.tabs.get(current).catch(() => null);
    tell(current, originOf(tab?.url) ?? (inspected === undefined ? null : await inspectedOrigin()));
  };
  chrome.tabs.onActivated.addListener(() => fixed === undefined && look());
  chrome.tabs.onUpdated.addListener((/** @type {number} */ id, /** @type {any} */ { status }) => id === current && status === "complete" && look());
  chrome.permissions.onAdded.addListener(look);
  chrome.permissions.onRemoved.addListener(look);
  chrome.storage.local.onChanged.addListener(look);
  await look();
}

/** @param {string | undefined} url */
function originOf(url) {
  return url && /^https?:/.test(url) ? new URL(url).origin : null;
}

/**
 * Asked of the developer tools: a tab tells its address only to an extension that has leave for its site, and that leave is what is
 * asked for with it. This `eval` is theirs, evaluates one constant text, and is under no page's policy.
 * @returns {Promise<string | null>}
 */
function inspectedOrigin() {
  return new Promise((resolve) => chrome.devtools.inspectedWindow.eval("location.href", (/** @type {string} */ url) => resolve(originOf(url))));
}

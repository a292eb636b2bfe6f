/* global chrome */

/** The scripts of a page that is watched: one in its own world, one in the extension's. */
const SCRIPTS = [
  { id: "page", js: ["page.js"], world: "MAIN" },
  { id: "bridge", js: ["bridge.js"], world: "ISOLATED" },
];
/** What a person has said, beside the leave that the browser holds; kept as long as the extension is there. */
const UNSAID = { on: true, stopped: /** @type {string[]} */ ([]) };

/**
 * What covers one origin and no other.
 * @param {string} origin
 */
export function patternOf(origin) {
  return `${origin}/*`;
}

/** @returns {Promise<typeof UNSAID>} */
function wishes() {
  return chrome.storage.local.get(UNSAID);
}

/** Whether the extension is switched on at all. */
export async function isSwitchedOn() {
  return (await wishes()).on;
}

/** @param {string} origin */
export async function isWatched(origin) {
  const { on, stopped } = await wishes();
  return on && !stopped.includes(origin) && chrome.permissions.contains({ origins: [patternOf(origin)] });
}

/**
 * Ask the person; nothing may come before, or the browser takes it for no wish of theirs.
 * @param {string} origin
 */
export async function watchSite(origin) {
  if (!(await chrome.permissions.request({ origins: [patternOf(origin)] }))) return false;
  const { stopped } = await wishes();
  await chrome.storage.local.set({ stopped: stopped.filter((one) => one !== origin) });
  return haveRenewed();
}

/**
 * Give the leave back. One that came with the extension, or covers more than this site, stays with the browser; the site is left alone
 * all the same.
 * @param {string} origin
 */
export async function stopWatching(origin) {
  const wide = { origins: [patternOf(origin)] };
  await chrome.permissions.remove(wide).catch(() => false);
  const { stopped } = await wishes();
  if (await chrome.permissions.contains(wide)) await chrome.storage.local.set({ stopped: [...stopped, origin] });
  return haveRenewed();
}

/** @param {boolean} on */
export async function switchTo(on) {
  await chrome.storage.local.set({ on });
  return haveRenewed();
}

/** Let the worker, which alone does so, put scripts where they belong now: what loads after that has them, or has them no more. */
function haveRenewed() {
  return chrome.runtime.sendMessage({ type: "renew" });
}

/** Have the scripts run in the sites that somebody has opted in, and in no others. */
export async function registerScripts() {
  const { origins = [] } = await chrome.permissions.getAll();
  const { on, stopped } = await wishes();
  const known = await chrome.scripting.getRegisteredContentScripts();
  if (known.length) await chrome.scripting.unregisterContentScripts();
  if (!on || !origins.length) return;
  const common = { matches: origins, excludeMatches: stopped.map(patternOf), runAt: "document_start", allFrames: false, persistAcrossSessions: true };
  await chrome.scripting.registerContentScripts(SCRIPTS.map((script) => ({ ...script, ...common })));
}

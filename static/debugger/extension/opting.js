/* global chrome */

/** The scripts of a page that is watched: one in its own world, one in the extension's. */
const SCRIPTS = [
  { id: "page", js: ["page.js"], world: "MAIN" },
  { id: "bridge", js: ["bridge.js"], world: "ISOLATED" },
];

/**
 * What covers one origin and no other.
 * @param {string} origin
 */
export function patternOf(origin) {
  return `${origin}/*`;
}

/** Have the scripts run in the sites that somebody has opted in, and in no others. */
export async function registerScripts() {
  const { origins = [] } = await chrome.permissions.getAll();
  const known = await chrome.scripting.getRegisteredContentScripts();
  if (known.length) await chrome.scripting.unregisterContentScripts();
  if (!origins.length) return;
  const common = { matches: origins, runAt: "document_start", allFrames: false, persistAcrossSessions: true };
  await chrome.scripting.registerContentScripts(SCRIPTS.map((script) => ({ ...script, ...common })));
}

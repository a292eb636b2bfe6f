/* global chrome */
import { isWatched, stopWatching, switchTo, watchSite } from "./opting.js";

/** A tab and the site in it; the origin is null when the browser does not let us know it. @typedef {{tab: number, origin: string | null}} InView */

/** What a person does about a site: each loads the page again, so that it is seen from its first script on, or no more. */
export function createSiteActs() {
  /** What the browser does not name any more, because its leave has been given back. @type {InView | null} */
  let stopped = null;
  const reload = (/** @type {number} */ tab) => void chrome.tabs.reload(tab).catch(reportError);
  const watch = async (/** @type {number} */ tab, /** @type {string} */ origin) => {
    if (await watchSite(origin)) reload(tab);
  };
  const stop = async (/** @type {number} */ tab, /** @type {string} */ origin) => {
    stopped = { tab, origin };
    await stopWatching(origin);
    reload(tab);
  };
  const turn = async (/** @type {boolean} */ on, /** @type {InView} */ { tab, origin }) => {
    const was = origin !== null && (await isWatched(origin));
    await switchTo(on);
    if (was || (origin !== null && (await isWatched(origin)))) reload(tab);
  };
  return {
    reload,
    /** @param {number} tab */
    stoppedIn: (tab) => (stopped?.tab === tab ? stopped.origin : null),
    watch: (/** @type {number} */ tab, /** @type {string} */ origin) => void watch(tab, origin).catch(reportError),
    stop: (/** @type {number} */ tab, /** @type {string} */ origin) => void stop(tab, origin).catch(reportError),
    turn: (/** @type {boolean} */ on, /** @type {InView} */ view) => void turn(on, view).catch(reportError),
  };
}

/** Where dashboards and pages of one browser hear of each other, whether they are in view or not. */
const CHANNEL = "understudy-dashboard";
/** How many pages in the background stay connected: a browser has six connections for one host, and pages in view need some. */
const MOST_AWAY = 3;

/** Tell pages of this browser, for as long as this dashboard is open, that they are wanted in the background too. */
export function wakePages() {
  if (typeof BroadcastChannel === "undefined") return;
  const channel = new BroadcastChannel(CHANNEL);
  const here = () => channel.postMessage("here");
  channel.onmessage = ({ data }) => data === "anyone?" && here();
  window.addEventListener("pagehide", () => channel.postMessage("gone"));
  here();
}

/**
 * Hear whether a dashboard of this browser wants this page in the background. Nothing is said before this page is there.
 * @param {() => void} change called when the answer of `wanted` has changed
 */
export function hearDashboards(change) {
  let wanted = false;
  let asking = false;
  /** @type {() => void} */
  let release = () => undefined;
  if (typeof BroadcastChannel === "undefined" || !navigator.locks) return { wanted: () => false };
  const channel = new BroadcastChannel(CHANNEL);
  // Each place is a lock, which goes with its page by itself.
  const take = (/** @type {number} */ place) => {
    if (place > MOST_AWAY) {
      asking = false;
      return;
    }
    void navigator.locks.request(`${CHANNEL}-${place}`, { ifAvailable: true }, (lock) => {
      if (!lock) return take(place + 1);
      asking = false;
      wanted = true;
      change();
      return new Promise((resolve) => (release = () => resolve(undefined)));
    });
  };
  const leave = () => {
    if (!wanted) return;
    wanted = false;
    release();
    change();
  };
  channel.onmessage = ({ data }) => {
    if (data === "gone") leave();
    if (data !== "here" || wanted || asking || document.visibilityState !== "hidden") return;
    asking = true;
    take(1);
  };
  document.addEventListener("visibilitychange", () => {
    if (document.visibilityState === "hidden") channel.postMessage("anyone?");
    else leave();
  });
  return { wanted: () => wanted };
}

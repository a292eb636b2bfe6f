/** @import { Connection, LiveMessage } from "../types" */
import { hearDashboards } from "./wake.js";

const AGAIN_MS = 2000;

/**
 * Listen to the server while the page can be seen; a page in the background lets go of its connection (a browser has six
 * for one host) and catches up from the last id when it comes back, unless a dashboard of this browser wants it there.
 * @param {string} address
 * @param {{page: string} | {dashboard: string}} who listens
 * @param {string} since the newest message when the page was served: what came between then and now is sent first
 * @param {(message: LiveMessage) => void} hear
 * @param {(state: Connection) => void} tell
 */
export function listenLive(address, who, since, hear, tell) {
  /** @type {EventSource | null} */
  let source = null;
  let lastId = "";

  const dashboards = hearDashboards(() => (isAway() ? close() : open()));
  const isAway = () => document.visibilityState === "hidden" && !dashboards.wanted();
  const open = () => {
    if (source || isAway()) return;
    source = new EventSource(`${address}?${new URLSearchParams({ ...who, ...(lastId ? { last: lastId } : { since }) })}`);
    source.onopen = () => tell("connected");
    source.onmessage = ({ data, lastEventId }) => {
      lastId = lastEventId || lastId;
      hear(JSON.parse(data));
    };
    source.onerror = () => {
      tell("lost");
      if (source?.readyState !== EventSource.CLOSED) return; // the browser tries again by itself
      close();
      setTimeout(open, AGAIN_MS);
    };
  };
  const close = () => {
    source?.close();
    source = null;
  };

  document.addEventListener("securitypolicyviolation", ({ effectiveDirective, blockedURI }) => {
    if (effectiveDirective === "connect-src" && blockedURI.startsWith(address)) tell("blocked");
  });
  document.addEventListener("visibilitychange", () => (isAway() ? close() : open()));
  window.addEventListener("pagehide", close);
  window.addEventListener("pageshow", open);
  open();
}

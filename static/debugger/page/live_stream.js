/** @import { Connection, LiveMessage } from "../types" */

const AGAIN_MS = 2000;

/**
 * Listen to the server while the page can be seen; a page in the background lets go of its connection (a browser has six
 * for one host) and catches up from the last id when it comes back.
 * @param {string} address
 * @param {string} page what this page load calls itself there
 * @param {string} since the newest message when the page was served: what came between then and now is sent first
 * @param {(message: LiveMessage) => void} hear
 * @param {(state: Connection) => void} tell
 */
export function listenLive(address, page, since, hear, tell) {
  /** @type {EventSource | null} */
  let source = null;
  let lastId = "";

  const open = () => {
    if (source || document.visibilityState === "hidden") return;
    source = new EventSource(`${address}?${new URLSearchParams({ page, ...(lastId ? { last: lastId } : { since }) })}`);
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
  document.addEventListener("visibilitychange", () => (document.visibilityState === "hidden" ? close() : open()));
  window.addEventListener("pagehide", close);
  window.addEventListener("pageshow", open);
  open();
}

/** @import { Timing } from "../types" */

/** How each kind of element or call is named in the log. @type {Record<string, string>} */
const TRANSPORTS = {
  img: "image", image: "image", script: "script", link: "link", css: "stylesheet", iframe: "frame", fetch: "fetch", xmlhttprequest: "XMLHttpRequest",
  beacon: "beacon", other: "other",
};

/**
 * Hear of every request that has ended, whatever made it: images and scripts too, which no wrapper sees. The browser tells how
 * long it took and, where the other side allows it, the status and the size.
 * @param {(url: string, timing: () => Timing) => void} tell
 */
export function watchResources(tell) {
  const hear = (/** @type {PerformanceEntry} */ one) => tell(one.name, () => timingOf(/** @type {PerformanceResourceTiming} */ (one)));
  new PerformanceObserver((list) => list.getEntries().forEach(hear)).observe({ type: "resource", buffered: true });
}

/** @param {PerformanceResourceTiming & {responseStatus?: number}} entry @returns {Timing} */
function timingOf(entry) {
  return {
    url: entry.name,
    transport: TRANSPORTS[entry.initiatorType] ?? entry.initiatorType,
    time: performance.timeOrigin + entry.startTime,
    duration: Math.round(entry.duration),
    status: entry.responseStatus || null,
    size: entry.transferSize || entry.encodedBodySize || null,
  };
}

/** How long the browser may take to tell what it kept. */
const ENTRIES_MS = 60;

/**
 * How much of the page has moved by itself since it began to load, as the browser kept it (its cumulative layout shift): asked for
 * when somebody looks, so that nothing is watched before. Null where the browser keeps none.
 * @returns {Promise<{score: number, times: number} | null>}
 */
export function steadiness() {
  if (typeof PerformanceObserver === "undefined" || !PerformanceObserver.supportedEntryTypes.includes("layout-shift")) return Promise.resolve(null);
  return new Promise((resolve) => {
    const told = (/** @type {any[]} */ entries) => {
      observer.disconnect();
      const own = entries.filter(({ hadRecentInput }) => !hadRecentInput);
      resolve({ score: Math.round(own.reduce((sum, { value }) => sum + value, 0) * 1000) / 1000, times: own.length });
    };
    const observer = new PerformanceObserver((list) => told(list.getEntries()));
    observer.observe({ type: "layout-shift", buffered: true });
    setTimeout(() => told(observer.takeRecords()), ENTRIES_MS); // nothing is told when there was nothing
  });
}

/** @import { Feature } from "./types" */
import { refill } from "./clear.js";
import { report } from "./log.js";
import { page } from "./page.js";
import { data, freshData, parts } from "./state.js";
import { RECOMMENDED } from "./tracking.js";

/** Where the data object keeps an event (widgets.md 6.4). @type {Record<string, string>} */
const LISTS = { show: "displayedWidgets", close: "closedWidgets", confirm: "completedActions", cancel: "cancelledActions" };
/** Counts the time on the page. @type {ReturnType<typeof setInterval> | undefined} */
let clock;

/**
 * Google's Universal Analytics, on request (widgets.md 6.2).
 * @param {string} label
 */
function sendToAnalytics(label) {
  const { ga } = page;
  if (parts.pathfora.enableGA !== true || typeof ga?.getAll !== "function") return;
  for (const tracker of ga.getAll()) {
    ga(`${tracker.get("name")}.send`, "event", "Lytics", label, "", { nonInteraction: true });
  }
}

/**
 * Whether a text equals a key, or a pattern matches it (widgets.md 6.3).
 * @param {string} key
 */
function censors(key) {
  return (/** @type {string | RegExp} */ rule) => {
    if (typeof rule === "string") return rule === key;
    // A global pattern remembers where it stopped, and would let every other event through.
    rule.lastIndex = 0;
    return rule.test(key);
  };
}

/** What is told of the widgets beside the tag, and what the tag is not told. @type {Feature} */
export const telling = {
  api: () => ({ enableGA: false, getDataObject: () => data }),
  start: () => refill(data, freshData()),
  begin: () => {
    clearInterval(clock);
    clock = setInterval(() => {
      data.timeSpentOnPage += 1;
    }, 1000);
  },
  track: (payload, { id, censorTrackingKeys: rules }, event, action) => {
    if (action !== RECOMMENDED) data[LISTS[event.replace(/.*\./, "")] ?? ""]?.push(payload);
    try {
      sendToAnalytics(`${id} : ${action ?? event}`);
    } catch (error) {
      report(id, error);
    }
    return rules && Object.fromEntries(Object.entries(payload).filter(([key]) => !rules.some(censors(key))));
  },
  clear: (id) => {
    if (id) return;
    clearInterval(clock);
    refill(data, freshData());
  },
};

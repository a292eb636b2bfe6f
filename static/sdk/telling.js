/** @import { Feature } from "./types" */
import { refill } from "./clear.js";
import { report } from "./log.js";
import { page } from "./page.js";
import { data, parts } from "./state.js";
import { RECOMMENDED } from "./tracking.js";

/** Where the data object keeps an event (widgets.md 6.4). @type {any} */
const LISTS = { show: "displayedWidgets", close: "closedWidgets", confirm: "completedActions", cancel: "cancelledActions" };
/** Counts the time on the page. @type {ReturnType<typeof setInterval> | undefined} */
let clock;

/**
 * Google's Universal Analytics, on request (widgets.md 6.2).
 * @param {string} label
 */
function sendToAnalytics(label) {
  const { ga } = page;
  for (const tracker of (parts.pathfora.enableGA === true && ga?.getAll?.()) || []) {
    ga(`${tracker.get("name")}.send`, "event", "Lytics", label, "", { nonInteraction: true });
  }
}

/**
 * What the rules let through: no key that is one of their texts, or has one of their patterns (widgets.md 6.3).
 * @param {Record<string, unknown>} payload
 * @param {(string | RegExp)[]} rules
 */
function censored(payload, rules) {
  const sent = Object.entries(payload).filter(
    ([key]) =>
      !rules.some((rule) => {
        if (typeof rule === "string") return rule === key;
        // A global pattern remembers where it stopped, and would let every other event through.
        rule.lastIndex = 0;
        return rule.test(key);
      }),
  );
  return Object.fromEntries(sent);
}

/**
 * Begin the data object anew, unless it is one widget that is forgotten. `abTestingGroups` is an array used as a map, as pages know it.
 * @param {string} [id]
 */
function reset(id) {
  if (id) return;
  clearInterval(clock);
  refill(data, {
    pageViews: 0,
    timeSpentOnPage: 0,
    closedWidgets: [],
    completedActions: [],
    cancelledActions: [],
    displayedWidgets: [],
    abTestingGroups: [],
  });
}

/** What is told of the widgets beside the tag, and what the tag is not told. @type {Feature} */
export const telling = {
  api: () => ({ enableGA: false, getDataObject: () => data }),
  start: reset,
  begin: () => {
    clearInterval(clock);
    clock = setInterval(() => {
      data.timeSpentOnPage += 1;
    }, 1000);
  },
  track: (payload, { id, censorTrackingKeys: rules }, event, action) => {
    if (action !== RECOMMENDED) data[LISTS[event.replace(/.*\./, "")]]?.push(payload);
    try {
      sendToAnalytics(`${id} : ${action ?? event}`);
    } catch (error) {
      report(id, error);
    }
    return rules && censored(payload, rules);
  },
  clear: reset,
};

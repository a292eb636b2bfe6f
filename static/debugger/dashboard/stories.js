/** @import { LiveMessage, Stored } from "../types" */
import { eventTitle } from "../log/events.js";

/**
 * Something that the server did: `about` are the visitor ids that it concerns, none when it concerns everybody.
 * @typedef {{key: string, kind: "event" | "moved" | "webhook" | "world", time: number, title: string, about: string[], message: any}} Story
 */

const MOST = 500;

/** What the server has told since the dashboard was opened, the newest first. */
export function createStories() {
  /** @type {Story[]} */
  let stories = [];
  let total = 0;
  return {
    limit: MOST,
    total: () => total,
    all: () => stories,
    /** Take a message of the live stream in; answers whether it is a story. @param {LiveMessage} message */
    add(message) {
      const story = storyOf(message, String(total + 1));
      if (!story) return false;
      const known = stories.findIndex(({ key }) => key === story.key);
      if (known >= 0) stories[known] = { ...story, time: stories[known]?.time ?? story.time };
      else {
        total++;
        stories = [story, ...stories].slice(0, MOST);
      }
      return true;
    },
    clear() {
      stories = [];
    },
  };
}

/** @param {LiveMessage} message @param {string} key @returns {Story | null} */
function storyOf(message, key) {
  const teller = TELLERS[message.type];
  return teller ? { key, message, ...teller(message) } : null;
}

/** @type {Record<string, (message: any) => Omit<Story, "key" | "message"> & {key?: string}>} */
const TELLERS = {
  event: (/** @type {Stored} */ stored) => ({
    kind: "event", time: stored.time, title: eventTitle(stored.data, stored.stream), about: [String(stored.uid ?? ""), String(stored.data["_uid"] ?? "")].filter(Boolean),
  }),
  moved: (/** @type {Required<LiveMessage>} */ { time, entered, left, identities }) => ({
    kind: "moved", time, about: identities.map(([, value]) => value),
    title: `time moved a visitor ${[...entered.map((slug) => `into ${slug}`), ...left.map((slug) => `out of ${slug}`)].join(", ")}`,
  }),
  webhook: ({ number, job, at, outcome, status }) => ({
    key: `webhook ${number}`, kind: "webhook", time: Date.parse(at), about: [], title: `webhook ${job}: ${outcome}${status ? `, ${status}` : ""}`,
  }),
  clock: ({ now, mode, iso }) => ({ kind: "world", time: now, about: [], title: mode === "real" ? "the clock tells the real time" : `the clock ${mode === "frozen" ? "stands at" : "was set to"} ${iso}` }),
  faults: ({ active = [] }) => ({ kind: "world", time: Date.now(), about: [], title: active.length ? `faults: ${active.join(", ")}` : "no faults" }),
  reset: () => ({ kind: "world", time: Date.now(), about: [], title: "the world was reset" }),
  experiences: ({ ids, removed }) => ({ kind: "world", time: Date.now(), about: [], title: `experiences changed: ${[...(ids ?? ["all"]), ...(Array.isArray(removed) ? removed : [])].join(", ")}` }),
};

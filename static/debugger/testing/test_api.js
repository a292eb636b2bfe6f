/** @import { EventLog, Room, ServerClock } from "../types" */
/** @import { TestApi } from "./types" */
import { eventTest, explanations, seenEvent, WIDGET_STATES } from "./shapes.js";
import { settled, timesSettled } from "./settling.js";
import { until } from "./until.js";

/** How far the clocks of page and server may be apart and tell the same time. */
const SAME_MS = 3000;

/**
 * `window.__understudy__`, for tests: what they do and ask has one shape here and below `/__understudy__/api/pages/`, which is
 * written down in `types.d.ts`. It decides nothing and sends nothing by itself.
 * @param {Room} room
 * @param {EventLog} log
 * @param {string} refusal why the page is not for whom it was asked to be for; empty when it is
 * @returns {Omit<TestApi, "version">}
 */
export function createTestApi(room, log, refusal) {
  const { source, server, signal } = room;
  const all = async () => explanations(await source.ask("widgets"));
  const one = async (/** @type {string} */ id) => {
    const known = await all();
    const found = known.find((each) => each.id === id);
    if (found) return found;
    throw new Error(`No widget "${id}" is on this page or published for it. There is: ${known.map((each) => each.id).join(", ") || "none"}.`);
  };
  /** @type {(work: () => Promise<unknown>, timeout?: number) => ReturnType<typeof settled>} */
  const change = async (work, timeout) => {
    await settled(room, 0, timeout);
    const before = timesSettled();
    await work();
    return settled(room, before, timeout);
  };
  return {
    async ready({ timeout } = {}) {
      if (refusal) throw new Error(refusal);
      return settled(room, 0, timeout);
    },
    explain: /** @type {any} */ ((/** @type {string | undefined} */ id) => (id === undefined ? all() : one(id))),
    events: async (filter = "") => log.all().filter(eventTest(filter)).map(seenEvent),
    setPersona: (id, { timeout } = {}) => change(() => (id === null ? source.ask("leave") : source.ask("become", id)), timeout),
    async clock(wish, { timeout } = {}) {
      if (wish === undefined) return /** @type {ServerClock} */ (await server.get("clock"));
      const set = /** @type {ServerClock} */ (await server.post("clock", wish));
      await until(signal, () => followed(room, set), timeout, () => "The page's clock does not follow the server's: is one set for this tab under Lab, or the live stream blocked?");
      return set;
    },
    async reset({ timeout } = {}) {
      await change(() => source.ask("truth"), timeout);
      return change(() => source.ask("reset"), timeout);
    },
    async waitForWidget(id, state = "shown", { timeout } = {}) {
      if (!WIDGET_STATES.includes(state)) throw new Error(`"${state}" is no state of a widget. There is: ${WIDGET_STATES.join(", ")}.`);
      const look = async () => (await all()).find((each) => each.id === id && each.state === state) ?? null;
      return until(signal, look, timeout, async () => `Widget "${id}" is not ${state}. ${(await one(id)).reason}`);
    },
  };
}

/**
 * Whether the page tells the server's time.
 * @param {Room} room
 * @param {ServerClock} set
 */
async function followed({ source }, { now, mode }) {
  const page = await source.ask("clock");
  const same = mode === "real" ? !page.set : page.set && Math.abs(page.time - now) < SAME_MS;
  return same ? true : null;
}

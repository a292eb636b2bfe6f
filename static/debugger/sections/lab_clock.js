/** @import { Decision, Room, ServerClock } from "../types" */
import { button, chip, element, group, nothing } from "../dom.js";
import { createActing } from "./acting.js";
import { dateAndTime, lasting } from "./times.js";

const STEPS = /** @type {[string, string][]} */ ([["+1 h", "1h"], ["+1 day", "1d"], ["+1 week", "7d"], ["+1 month", "1M"]]);
const LENGTHS = /** @type {Record<string, number>} */ ({ "1h": 36e5, "1d": 864e5, "7d": 6048e5, "1M": 2592e6 });

/**
 * Another time, for the server's world of this page and for the page; without a server for the page alone. Below it, what flips
 * when.
 * @param {Room} room
 */
export function createClockPart(room) {
  const { error, act } = createActing();
  const field = element("input", { type: "datetime-local", step: "1", class: "field", "aria-label": "Date and time" });
  const now = element("p", {});
  const flips = element("ul", { class: "plain flips" });
  let served = false;
  const set = (/** @type {object} */ wish, /** @type {number | null} */ time, frozen = false) =>
    act(async () => {
      if (served) await room.server.post("clock", wish);
      else await room.source.ask("setClock", time, frozen);
    });
  const chosen = () => new Date(field.value).getTime();
  const go = (/** @type {boolean} */ frozen) => {
    if (Number.isNaN(chosen())) return act(() => Promise.reject(new Error("Choose a date and a time first.")));
    set({ set: chosen(), mode: frozen ? "frozen" : "offset" }, chosen(), frozen);
  };
  const advance = (/** @type {string} */ step) =>
    act(async () => {
      if (served) await room.server.post("clock", { advance: step });
      else await room.source.ask("setClock", (await room.source.ask("clock")).time + (LENGTHS[step] ?? 0));
    });
  return {
    node: group(
      "Time",
      now,
      element("div", { class: "bar wrap" }, field, button("plain-button", "Go there", () => go(false)), button("plain-button", "Stand still there", () => go(true))),
      element("div", { class: "bar wrap" }, ...STEPS.map(([label, step]) => button("plain-button", label, () => advance(step))), button("plain-button", "Real time", () => realTime())),
      error,
      element("h4", {}, "What flips when"),
      flips,
    ),
    async refresh() {
      const [page, { visitor }, { decisions }] = await Promise.all([room.source.ask("clock"), room.source.ask("page"), room.source.ask("widgets")]);
      const clock = /** @type {ServerClock | null} */ (await room.server.get(`clock?uid=${encodeURIComponent(visitor.uid ?? "")}`).catch(() => null));
      served = clock !== null;
      const mode = page.set ? (page.frozen ? chip("wait", "stands still") : chip("wait", "set")) : chip("good", "real");
      now.replaceChildren(dateAndTime(page.time), " ", mode);
      flips.replaceChildren(...flipLines(clock && !visitor.uid ? { ...clock, flips: [] } : clock, decisions, page.time)); // without an id it tells of everybody
    },
  };

  function realTime() {
    act(async () => {
      if (served) await room.server.post("clock", { mode: "real" });
      await room.source.ask("setClock", null);
    });
  }
}

/** @param {ServerClock | null} clock @param {Decision[]} decisions @param {number} now */
function flipLines(clock, decisions, now) {
  const moves = (clock?.flips ?? []).map(({ at, audience, enters }) => ({ at, text: `${enters ? "enters" : "leaves"} ${audience}` }));
  const dates = (clock?.experiences ?? []).map(({ at, id, opens }) => ({ at, text: `${id} ${opens ? "begins" : "ends"}` }));
  const gates = decisions.flatMap(({ id, gates: all }) => all.flatMap(({ gate, until }) => (until ? [{ at: until, text: `${id}: ${gate} changes` }] : [])));
  const all = [...moves, ...dates, ...gates].filter(({ at }) => at > now).sort((one, other) => one.at - other.at).slice(0, 20);
  if (!all.length) return [element("li", {}, nothing("Time alone changes nothing for this visitor."))];
  return all.map(({ at, text }) => element("li", { class: "head" }, element("span", { class: "title" }, text), element("span", { class: "hint" }, `in ${lasting((at - now) / 1000)} · ${dateAndTime(at)}`)));
}

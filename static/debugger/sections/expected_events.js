/** @import { LogEntry } from "../types" */
import { button, chip, clockTime, element } from "../dom.js";
import { parseFilter, passesFilter } from "../log/filter.js";
import { remember, remembered } from "../memory.js";

/** @typedef {{text: string, since: number}} Expected a filter, and when it was written down */

/**
 * A list of events that are expected: each is ticked when a line comes that fits.
 * @param {() => void} changed
 */
export function createExpectedEvents(changed) {
  /** @type {Expected[]} */
  let expected = remembered("sessionStorage", "expected") ?? [];
  const list = element("ul", { class: "plain" });
  const field = element("input", { class: "field", "aria-label": "Expected event", placeholder: "event:confirm widget:vip-offer" });
  const summary = element("summary", {});
  const error = element("p", { class: "error", role: "alert" });
  const add = button("plain-button", "Expect", () => {
    const text = field.value.trim();
    error.textContent = text ? "" : "Write down first what is to come, such as event:confirm.";
    if (!text) return;
    keep([...expected.filter((other) => other.text !== text), { text, since: performance.timeOrigin + performance.now() }]);
    field.value = "";
  });
  const keep = (/** @type {Expected[]} */ given) => {
    expected = given;
    remember("sessionStorage", "expected", expected.length ? expected : null);
    changed();
  };
  field.addEventListener("keydown", (event) => event.key === "Enter" && add.click());
  return {
    node: element("details", { class: "branch" }, summary, element("p", { class: "hint" }, "Written as a filter; ticked by the first line that fits from now on."), element("div", { class: "bar" }, field, add), error, list),
    /** @param {LogEntry[]} entries newest first */
    draw(entries) {
      const came = expected.map(({ text, since }) => {
        const terms = parseFilter(text);
        return entries.filter((entry) => entry.time >= since && passesFilter(entry, terms)).at(-1);
      });
      summary.textContent = expected.length ? `Expected events: ${came.filter(Boolean).length} of ${expected.length} came` : "Expected events";
      list.replaceChildren(...expected.map((one, index) => {
        const line = came[index];
        const drop = button("icon-button", "×", () => keep(expected.filter((other) => other !== one)));
        drop.setAttribute("aria-label", `Expect ${one.text} no more`);
        return element("li", { class: "head" }, line ? chip("good", "✓ came") : chip("wait", "waiting"), element("span", { class: "title" }, one.text), line ? element("time", {}, clockTime(line.time)) : "", drop);
      }));
    },
  };
}

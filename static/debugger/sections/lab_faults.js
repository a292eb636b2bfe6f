/** @import { FaultsView, Room } from "../types" */
import { button, element, group, nothing } from "../dom.js";
import { createActing } from "./acting.js";

/** Switches, each with what it sets of the server's faults. @type {[string, string, string, object | boolean][]} */
const SWITCHES = [
  ["slow-profile", "The profile comes 3 s late", "profile", { delay_ms: 3000 }],
  ["failed-profile", "The profile fails (503)", "profile", { status: 503 }],
  ["no-audiences", "The visitor is in no audience", "profile", { empty_segments: true }],
  ["collector", "Events are refused (500)", "collector", { status: 500 }],
  ["busy", "Too many events (429)", "collector", { status: 429, retry_after: 2 }],
  ["sdk", "The widget SDK is missing (404)", "sdk", { status: 404 }],
  ["experiences", "Experiences are missing (404)", "candidates", { status: 404 }],
  ["offline", "The vendor cannot be reached", "offline", true],
];

/**
 * Bad weather on purpose: what the server's world of this page does wrong.
 * @param {Room} room
 */
export function createFaultsPart(room) {
  const { error, act } = createActing();
  const list = element("ul", { class: "plain" });
  const allOff = button("plain-button", "All off", () => act(() => room.server.put("faults", {})));
  allOff.hidden = true;
  const boxes = SWITCHES.map(([id, label, surface, setting]) => {
    const box = element("input", { type: "checkbox", id: `fault-${id}` });
    box.addEventListener("change", () =>
      act(async () => {
        const now = /** @type {FaultsView} */ (await room.server.get("faults"));
        await room.server.put("faults", { ...now, [surface]: box.checked ? mixed(now[surface], setting) : off(now[surface], setting) });
      }));
    return { box, surface, setting, item: element("li", { class: "check" }, box, element("label", { for: `fault-${id}` }, label)) };
  });
  return {
    node: group("Faults", list, allOff, error),
    async refresh() {
      const faults = /** @type {FaultsView | null} */ (await room.server.get("faults").catch(() => null));
      list.replaceChildren(...(faults ? boxes.map(({ item }) => item) : [element("li", {}, nothing("The faults are a server's, and there is no Understudy server here that could have them."))]));
      allOff.hidden = !faults;
      if (faults) for (const { box, surface, setting } of boxes) box.checked = isOn(faults[surface], setting);
    },
  };
}

/** @param {unknown} now @param {object | boolean} setting */
function isOn(now, setting) {
  if (typeof setting === "boolean") return now === setting;
  return Object.entries(setting).every(([name, value]) => Reflect.get(Object(now), name) === value);
}

/** @param {unknown} now @param {object | boolean} setting */
function mixed(now, setting) {
  return typeof setting === "boolean" ? setting : { ...Object(now), ...setting };
}

/** @param {unknown} now @param {object | boolean} setting */
function off(now, setting) {
  if (typeof setting === "boolean") return false;
  return Object.fromEntries(Object.entries(Object(now)).filter(([name]) => !(name in setting)));
}

/** @import { Room, StorageItem } from "../types" */
import { button, element, group, nothing } from "../dom.js";
import { createActing } from "./acting.js";
import { createKept, MOST_SHOWN, placeAll, restText } from "./kept.js";
import { otherHalf } from "./remedies.js";
import { ago } from "./times.js";

/**
 * What tag and widgets remember in this browser, readable: how often, when last, which group. Each can be changed or forgotten.
 * @param {Room} room
 */
export function createStoragePart(room) {
  const { error, act } = createActing();
  const body = element("tbody", {});
  const table = element("table", { class: "fields storage" }, element("thead", {}, element("tr", {}, ...["What", "Value", "Change"].map((title) => element("th", { scope: "col" }, title)))), body);
  const none = element("div", {}, nothing("Nothing is remembered yet."));
  const rest = element("p", { class: "hint" });
  const kept = createKept();
  let shown = "";
  const change = (/** @type {StorageItem} */ { area, key }, /** @type {string | null} */ value) =>
    act(async () => {
      await room.source.ask("store", area, key, value);
      await room.source.ask("decideAgain");
    });
  const forgetAll = button("plain-button", "Forget what widgets remember", () =>
    act(async () => {
      for (const { area, key } of await room.source.ask("storage")) if (key.startsWith("Pathfora")) await room.source.ask("store", area, key, null);
      await room.source.ask("decideAgain");
    }));
  return {
    node: group("Remembered in this browser", table, rest, none, element("div", { class: "bar wrap" }, forgetAll), error),
    async refresh() {
      const items = await room.source.ask("storage");
      const text = JSON.stringify(items);
      if (text === shown) return; // what is being typed stays
      shown = text;
      placeAll(body, items.slice(0, MOST_SHOWN).map((item) => kept(`${item.area} ${item.key}`, item, () => storageRow(item, change))));
      rest.textContent = restText(items.length);
      table.hidden = !items.length;
      none.hidden = items.length > 0;
    },
  };
}

/** @param {StorageItem} item @param {(item: StorageItem, value: string | null) => void} change */
function storageRow(item, change) {
  const field = element("input", { class: "field", "aria-label": `Value of ${item.key}` });
  field.value = item.value;
  field.addEventListener("change", () => change(item, field.value));
  const forget = button("plain-button", "Forget", () => change(item, null));
  forget.setAttribute("aria-label", `Forget ${item.key} in ${item.area}`);
  const test = item.key.startsWith("PathforaTest_");
  const notes = [item.area, item.time ? `last ${ago(item.time, Date.now())}` : "", item.expires ? `until ${item.expires.slice(0, 10)}` : ""].filter(Boolean).join(" · ");
  return element(
    "tr", {},
    element("th", { scope: "row" }, item.meaning, element("span", { class: "values" }, `${item.key} · ${notes}`)),
    element("td", {}, field),
    element("td", {}, forget, test ? button("plain-button", "Other group", () => change(item, otherHalf(item.value))) : null),
  );
}

/** @import { Room } from "../types" */
import { copyButton } from "../copying.js";
import { button, element } from "../dom.js";
import { KINDS_OF_LINES, labelOfKind } from "../log/classify.js";
import { remember, remembered } from "../memory.js";

const HELP = 'Words, or parts: kind:collect status:404 widget:vip event:pv stream:web state:failed page:/cart via:beacon, "two words", -not';

/**
 * The field for the filter, a choice of kinds, and the filters that were saved.
 * @param {Room} room
 * @param {() => void} changed
 */
export function createActivityFilters(room, changed) {
  const field = element("input", { type: "search", class: "field", placeholder: "Filter", "aria-label": "Filter activity", title: HELP });
  const kinds = element("select", { class: "field", "aria-label": "Kind" }, option("", "All kinds"), ...KINDS_OF_LINES.map((kind) => option(kind, labelOfKind(kind))));
  const saved = element("ul", { class: "chips" });
  const draw = () => {
    const list = savedFilters();
    saved.replaceChildren(...list.map((text) => element("li", {}, use(text), drop(text))));
    changed();
  };
  const use = (/** @type {string} */ text) =>
    button("plain-button", text, () => {
      field.value = text;
      changed();
    });
  const drop = (/** @type {string} */ text) => {
    const node = button("icon-button", "×", () => {
      keepFilters(savedFilters().filter((other) => other !== text));
      draw();
    });
    node.setAttribute("aria-label", `Forget the filter ${text}`);
    return node;
  };
  const save = button("plain-button", "Save filter", () => {
    const text = field.value.trim();
    if (text) keepFilters([...new Set([...savedFilters(), text])]);
    draw();
  });
  field.addEventListener("input", changed);
  kinds.addEventListener("change", changed);
  return {
    row: element("div", { class: "bar" }, field, kinds),
    more: element("div", { class: "bar wrap" }, save, copyButton("Copy link with filter", () => linkWith(room, field.value.trim())), saved),
    help: element("p", { class: "hint" }, HELP),
    draw,
    kind: () => kinds.value,
    text: () => field.value,
    set(/** @type {string} */ text) {
      field.value = text;
    },
  };
}

/** @param {string} value @param {string} label */
function option(value, label) {
  return element("option", { value }, label);
}

/** @returns {string[]} */
function savedFilters() {
  const list = remembered("localStorage", "filters");
  return Array.isArray(list) ? list.map(String) : [];
}

/** @param {string[]} list */
function keepFilters(list) {
  remember("localStorage", "filters", list.length ? list : null);
}

/** @param {Room} room @param {string} text */
async function linkWith(room, text) {
  const url = new URL((await room.source.ask("page")).address);
  url.searchParams.set("understudy-open", "activity");
  url.searchParams.set("understudy-filter", text);
  return url.href;
}

/** @import { Decision, Room } from "../types" */
import { copyButton } from "../copying.js";
import { button, element, group } from "../dom.js";
import { createActing } from "./acting.js";
import { MOST_SHOWN, restText } from "./kept.js";
import { decidingGate } from "./wording.js";

const TITLES = ["Visitor", "Sees", "Does not see, because of"];
const BACK = "Each persona visits this page for a moment, as if you had pressed Become; then you are who you were. Over many pages, with pictures and compared with an earlier run:";

/**
 * Every persona on this page, one after another, with what each sees (debugger.md 7.2, rank 15).
 * @param {Room} room
 */
export function createTrialPart({ source, server }) {
  const { error, act } = createActing();
  const said = element("p", { class: "hint", role: "status" });
  const result = element("div", {});
  const tryAll = async () => {
    const [{ personas }, { id: before }] = await Promise.all([server.workspace(), source.ask("persona")]);
    const wanted = personas.filter(({ id }) => id !== before).slice(0, MOST_SHOWN);
    const rows = element("tbody", {}, row(`${personas.find(({ id }) => id === before)?.label ?? "Yourself"}, as now`, (await source.ask("widgets")).decisions));
    result.replaceChildren(element("table", { class: "fields" }, element("thead", {}, element("tr", {}, ...TITLES.map((title) => element("th", { scope: "col" }, title)))), rows));
    try {
      for (const [index, { id, label }] of wanted.entries()) {
        said.textContent = `Visiting as ${label}, ${index + 1} of ${wanted.length} …`;
        await source.ask("visit", id);
        rows.append(row(label, (await source.ask("widgets")).decisions));
      }
    } finally {
      if (wanted.length) await (before === null ? source.ask("leave") : source.ask("become", before));
    }
    said.textContent = `${wanted.length} personas tried. ${restText(personas.length)}`;
  };
  const start = button("plain-button", "Try every persona here", () => act(async () => {
    if (start.getAttribute("aria-disabled") === "true") return;
    start.setAttribute("aria-disabled", "true"); // not `disabled`, which would take the focus away
    said.textContent = "";
    await tryAll().catch((problem) => {
      said.textContent = "";
      throw problem;
    }).finally(() => start.removeAttribute("aria-disabled"));
  }));
  const command = async () => {
    const { origin, pathname, search } = new URL((await source.ask("page")).address);
    return `understudy matrix ${origin}/ --page '${pathname}${search}' --out matrix`;
  };
  return {
    node: group("What each persona sees", element("p", { class: "hint" }, BACK, " ", element("code", {}, "understudy matrix")), element("div", { class: "bar wrap" }, start, copyButton("Copy command", command)), said, error, result),
    refresh: () => Promise.resolve(),
  };
}

/** @param {string} label @param {Decision[]} decisions */
function row(label, decisions) {
  const isShown = (/** @type {Decision} */ { verdict }) => verdict === "shown" || verdict === "closed";
  const shown = decisions.filter(isShown).map(({ id }) => element("li", {}, id));
  const rest = decisions.filter((one) => !isShown(one)).map((one) => element("li", {}, `${one.id}: ${decidingGate(one)?.gate ?? one.verdict}`));
  const cell = (/** @type {HTMLElement[]} */ items) => element("td", {}, items.length ? element("ul", { class: "plain" }, ...items) : "nothing");
  return element("tr", {}, element("th", { scope: "row" }, label), cell(shown), cell(rest));
}

/** @import { Room, ShowOptions } from "../types" */
/** @import { ExperienceRow } from "./experience_rows.js" */
import { copyButton } from "../copying.js";
import { button, element } from "../dom.js";
import { folded } from "./kept.js";

/** Layouts by type (widgets.md 2.3); a combination that the SDK lacks is refused by it, in its words. @type {Record<string, string[]>} */
const LAYOUTS = {
  message: ["modal", "slideout", "bar", "button", "inline"], form: ["modal", "slideout", "bar", "inline", "gate"], subscription: ["modal", "slideout", "bar", "inline", "gate"], sitegate: ["modal"],
};
const THEMES = ["light", "dark", "none"];
const SIZES = /** @type {[string, number, number][]} */ ([["phone", 390, 844], ["tablet", 820, 1180], ["desktop", 1366, 850]]);

/**
 * Show a widget by force, in any form, without anything being counted, sent or decided by it.
 * @param {Room} room
 * @param {ExperienceRow} row
 * @param {string | null} previewKey the tag's own key for previews
 * @param {(work: () => Promise<unknown>) => void} act runs it, and says what failed
 */
export function forceForm(room, row, previewKey, act) {
  const type = row.decision?.type ?? row.experience?.type ?? "message";
  return folded(element("summary", {}, "Show by force"), () => forms(room, row.id, type, previewKey, act));
}

/** @param {Room} room @param {string} id @param {string} type @param {string | null} previewKey @param {(work: () => Promise<unknown>) => void} act */
function forms(room, id, type, previewKey, act) {
  const layout = choice("Layout", ["as configured", ...(LAYOUTS[type] ?? [])]);
  const theme = choice("Theme", ["as configured", ...THEMES]);
  /** @returns {ShowOptions} */
  const options = () => ({ layout: layout.selectedIndex ? layout.value : "", theme: theme.selectedIndex ? theme.value : "" });
  const link = async () => linkTo((await room.source.ask("page")).address, id, options());
  const openAt = async (/** @type {number} */ width, /** @type {number} */ height) => {
    const opened = window.open(await link(), "understudy-view", `popup,width=${width},height=${height}`);
    if (!opened) throw new Error("The browser kept the window back: allow this site to open windows, or copy the link.");
  };
  return element(
    "div", {},
    element("p", { class: "hint" }, "To look at it: nothing is counted, sent or decided."),
    element("div", { class: "bar wrap" }, layout, theme),
    element(
      "div", { class: "bar wrap" },
      button("plain-button", "Show", () => act(() => room.source.ask("force", id, options()))),
      button("plain-button", "Hide", () => act(() => room.source.ask("unforce"))),
      ...SIZES.map(([name, width, height]) => button("plain-button", `On a ${name}`, () => act(() => openAt(width, height)))),
      copyButton("Copy link", link),
      ...(previewKey ? [copyButton("Copy preview link", async () => previewLink((await room.source.ask("page")).address, previewKey, id))] : []),
    ),
  );
}

/** @param {string} label @param {string[]} values */
function choice(label, values) {
  return element("select", { class: "field", "aria-label": label }, ...values.map((value, index) => element("option", { value: index ? value : "" }, index ? value : `${label} ${value}`)));
}

/** @param {string} address @param {string} id @param {ShowOptions} options */
function linkTo(address, id, { layout, theme }) {
  const url = new URL(address);
  url.searchParams.set("understudy-show", id);
  if (layout) url.searchParams.set("understudy-layout", layout);
  if (theme) url.searchParams.set("understudy-theme", theme);
  return url.href;
}

/** @param {string} address @param {string} key @param {string} id */
function previewLink(address, key, id) {
  const url = new URL(address);
  url.searchParams.set(key, id);
  return url.href;
}

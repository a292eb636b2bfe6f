/* global chrome */
/** @import { Section } from "../types" */
/** @import { TabRecord } from "./tab_records.js" */
import { button, chip, clockTime, element, group, nothing } from "../dom.js";
import { forgetRecord, LINES_KEPT, readRecord, recordKey } from "./tab_records.js";

/** Where no answer is known. @type {Record<string, string>} */
const STATES = { unseen: "sent" };

/**
 * What happened in this tab, over its page loads: kept by the browser, whether panel and worker are there or not.
 * @param {() => number} tab
 * @param {() => void} unpin
 * @returns {Section}
 */
export function createTabSection(tab, unpin) {
  return {
    id: "tab",
    label: "Tab",
    topics: ["connection", "server"],
    build({ signal }) {
      const body = element("div", {});
      chrome.storage.session.onChanged.addListener((/** @type {object} */ changes) => recordKey(tab()) in changes && signal.fire("server"));
      const clear = button("plain-button", "Clear", () => void forgetRecord(tab()));
      const stop = button("plain-button", "Stop watching this site", unpin);
      return {
        node: element("div", {}, element("div", { class: "bar" }, clear, stop), body),
        async refresh() {
          body.replaceChildren(...loads(await readRecord(tab())));
        },
      };
    },
  };
}

/** @param {TabRecord} record */
function loads({ origin, total, lines }) {
  if (!lines.length) return [nothing("No request of a tag was seen in this tab since the site is watched.")];
  const names = [...new Set(lines.map(({ load }) => load))].reverse();
  const groups = names.map((name) => {
    const own = lines.filter(({ load }) => load === name).sort((one, other) => other.time - one.time);
    const node = group(`${own.at(-1)?.route ?? ""} (${own.length})`, element("ul", { class: "log" }, ...own.map(lineItem)));
    node.classList.add("load");
    return node;
  });
  return [element("p", { class: "hint" }, `${total} requests at ${origin}, on ${names.length === 1 ? "one page" : `${names.length} pages`}; the newest ${LINES_KEPT} are kept until the browser is closed.`), ...groups];
}

/** @param {import("./tab_records.js").Line} line */
function lineItem({ time, title, kind, state, status }) {
  const tone = state === "failed" ? "bad" : state === "done" ? "good" : "off";
  return element("li", { class: "tab-line" }, element("time", {}, clockTime(time)), element("span", { class: "title" }, title || kind), chip(tone, status === null ? STATES[state] ?? state : String(status)));
}

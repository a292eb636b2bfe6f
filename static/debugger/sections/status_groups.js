/** @import { LogEntry, Moment, PageView, Room, WorkspaceView } from "../types" */
/** @import { Finding } from "./findings.js" */
import { copyButton } from "../copying.js";
import { chip, element, group, nothing } from "../dom.js";
import { ago } from "./times.js";

const ABSENT = "not provided";

/** @param {Finding[]} findings */
export function verdict(findings) {
  const worst = findings.some(({ tone }) => tone === "bad") ? "bad" : findings.some(({ tone }) => tone === "wait") ? "wait" : "good";
  const words = { bad: "Something is wrong", wait: "Not all is there yet", good: "Installed right, as far as a page can tell" };
  const items = findings.map(({ tone, text, fix, code }) =>
    element(
      "li", { class: `finding ${tone}` },
      element("p", { class: "reason" }, text),
      element("p", { class: "hint" }, fix, ...(code ? [" ", element("code", {}, code), " ", copyButton("Copy command", () => code)] : [])),
    ));
  return group("Installation", element("p", { class: "verdict" }, chip(worst, words[worst])), element("ul", { class: "plain" }, ...items));
}

/** @param {PageView} page */
export function tagGroup({ tag }) {
  const states = { found: chip("good", "found"), failed: chip("bad", "not loaded"), waiting: chip("wait", "waiting"), missing: chip("off", "not found") };
  return group(
    "Tag",
    table([
      ["State", tag.reason ? element("span", {}, states[tag.state], ` ${tag.reason}`) : states[tag.state]],
      ["Version", tag.version ?? ABSENT],
      ["Account", tag.account ?? ABSENT],
      ["Stream", tag.stream ?? ABSENT],
      ["Sends to", tag.url || (tag.url === "" ? "this page's own host" : ABSENT)],
      ["Third-party id", tag.loadid === null ? ABSENT : tag.loadid ? "on" : "off"],
      ["Consent", tag.consent === null ? "not asked for" : tag.consent ? "given" : chip("wait", "waiting")],
    ]),
  );
}

/** @param {PageView} page */
export function visitorGroup({ tag, visitor }) {
  const states = { loaded: chip("good", "loaded"), unknown: chip("wait", "loaded, visitor unknown"), missing: chip("off", "not loaded") };
  return group(
    "Visitor",
    table([["Visitor id", visitor.uid ?? ABSENT], ["Cookie", tag.cookie ?? ABSENT], ["Profile key", tag.key ?? ABSENT], ["Profile in page", states[visitor.entity]]]),
  );
}

/** @param {PageView} page */
export function sdkGroup({ sdk }) {
  return group("Widget SDK", table([["State", sdk.loaded ? chip("good", "loaded") : chip("off", "not loaded")], ["Version", sdk.version ?? ABSENT]]));
}

/** What the log comes to. @param {LogEntry[]} entries */
export function activityFacts(entries) {
  const calls = entries.filter(({ url }) => url);
  const today = new Date(performance.timeOrigin + performance.now()).setHours(0, 0, 0, 0); // as lines have it, whatever `Date` pretends
  const last = entries.reduce((latest, { time }) => Math.max(latest, time), 0);
  return {
    seen: calls.length,
    today: calls.filter(({ time }) => time >= today).length,
    sent: calls.filter(({ kind }) => kind === "collect").length,
    failed: calls.filter(({ state }) => state === "failed").length,
    last: last ? ago(last) : "none yet",
  };
}

/** @param {ReturnType<typeof activityFacts>} facts */
export function activityGroup({ seen, today, sent, failed, last }) {
  return group(
    "Data collection",
    table([
      ["Requests seen", String(seen)],
      ["Requests today", String(today)],
      ["Events sent", String(sent)],
      ["Failed", failed ? chip("bad", String(failed)) : "none"],
      ["Last activity", last],
    ]),
  );
}

/** @param {Moment[]} moments @param {{score: number, times: number} | null} moved */
export function momentsGroup(moments, moved) {
  const seen = moments.filter(({ after }) => after !== null);
  return group("Times after the page began to load", seen.length ? table([...seen.map(({ name, after }) => /** @type {[string, string]} */ ([name, `${after} ms`])), ["Layout shift", shiftText(moved)]]) : nothing("Nothing yet."));
}

/** @param {{score: number, times: number} | null} moved */
function shiftText(moved) {
  if (!moved) return ABSENT;
  return moved.times ? `${moved.score}, in ${moved.times} ${moved.times === 1 ? "move" : "moves"}` : "none";
}

/** @param {Room} room @param {PageView} page @param {WorkspaceView | null} workspace */
export function serverGroup(room, page, workspace) {
  const tones = { connected: "good", connecting: "wait", lost: "bad", blocked: "bad" };
  const state = room.connection();
  const words = { connected: "connected", connecting: "connecting", lost: "reconnecting", blocked: "blocked by the page's policy: allow connect-src 'self'" };
  return group(
    "Server",
    table([
      ["Live updates", chip(tones[state], words[state])],
      ["Workspace", workspace?.name ?? ABSENT],
      ["Account", workspace?.account ?? ABSENT],
      ["Page", page.address],
    ]),
  );
}

/**
 * Names and values.
 * @param {[string, Node | string][]} rows
 */
function table(rows) {
  const cells = rows.flatMap(([name, value]) => [element("dt", {}, name), element("dd", value === ABSENT ? { class: "absent" } : {}, value)]);
  return element("dl", { class: "rows" }, ...cells);
}

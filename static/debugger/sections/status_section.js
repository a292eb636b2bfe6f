/** @import { Built, PageView, Room, Section, WorkspaceView } from "../types" */
/** @import { Finding } from "./findings.js" */
import { copyButton } from "../copying.js";
import { chip, element, group, nothing } from "../dom.js";
import { tree } from "../tree.js";
import { findingsOf } from "./findings.js";
import { ago } from "./times.js";

const ABSENT = "not provided";

/** @type {Section} */
export const statusSection = {
  id: "status",
  label: "Status",
  topics: ["tag", "entity", "connection", "persona", "workspace", "override"],
  build: buildStatus,
};

/**
 * @param {Room} room
 * @returns {Built}
 */
function buildStatus(room) {
  const rows = element("div", {});
  const config = element("div", {});
  let shown = "";
  return {
    node: element("div", {}, rows, config),
    async refresh() {
      const [page, settings, workspace, log, { moments }] = await Promise.all([
        room.source.ask("page"),
        room.source.ask("config"),
        room.server.workspace().catch(() => null),
        room.source.ask("log", 0, -1),
        room.source.ask("widgets").catch(() => ({ moments: [] })),
      ]);
      const findings = findingsOf(page, workspace, room.connection());
      rows.replaceChildren(verdict(findings), tagGroup(page), visitorGroup(page), sdkGroup(page), activityGroup(log.entries), momentsGroup(moments), serverGroup(room, page, workspace));
      const text = JSON.stringify(settings);
      if (shown === text) return; // the reader may have opened branches
      shown = text;
      config.replaceChildren(group("Configuration", settings ? tree("jstag.config", settings, true) : nothing("No tag, so no configuration.")));
    },
  };
}

/** @param {Finding[]} findings */
function verdict(findings) {
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
function tagGroup({ tag }) {
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
function visitorGroup({ tag, visitor }) {
  const states = { loaded: chip("good", "loaded"), unknown: chip("wait", "loaded, visitor unknown"), missing: chip("off", "not loaded") };
  return group(
    "Visitor",
    table([["Visitor id", visitor.uid ?? ABSENT], ["Cookie", tag.cookie ?? ABSENT], ["Profile key", tag.key ?? ABSENT], ["Profile in page", states[visitor.entity]]]),
  );
}

/** @param {PageView} page */
function sdkGroup({ sdk }) {
  return group("Widget SDK", table([["State", sdk.loaded ? chip("good", "loaded") : chip("off", "not loaded")], ["Version", sdk.version ?? ABSENT]]));
}

/** @param {import("../types").LogEntry[]} entries */
function activityGroup(entries) {
  const calls = entries.filter(({ url }) => url);
  const failed = calls.filter(({ state }) => state === "failed").length;
  const last = entries.reduce((latest, { time }) => Math.max(latest, time), 0);
  return group(
    "Data collection",
    table([
      ["Requests seen", String(calls.length)],
      ["Events sent", String(calls.filter(({ kind }) => kind === "collect").length)],
      ["Failed", failed ? chip("bad", String(failed)) : "none"],
      ["Last activity", last ? ago(last) : "none yet"],
    ]),
  );
}

/** @param {import("../types").Moment[]} moments */
function momentsGroup(moments) {
  const seen = moments.filter(({ after }) => after !== null);
  return group("Times after the page began to load", seen.length ? table(seen.map(({ name, after }) => [name, `${after} ms`])) : nothing("Nothing yet."));
}

/** @param {Room} room @param {PageView} page @param {WorkspaceView | null} workspace */
function serverGroup(room, page, workspace) {
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

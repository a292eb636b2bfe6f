/** @import { Built, Room, Section, Tag, TagConfig, WorkspaceView } from "./types" */
import { chip, element, group, nothing } from "./dom.js";
import { currentSdk, storedNames, visitorId } from "./page_globals.js";
import { tree } from "./tree.js";

const OLDEST_MAJOR = 3;
const ABSENT = "not provided";

/** @type {Section} */
export const statusSection = {
  id: "status",
  label: "Status",
  topics: ["tag", "entity", "connection", "persona", "workspace"],
  build: buildStatus,
};

/**
 * @param {Room} room
 * @returns {Built}
 */
function buildStatus(room) {
  const rows = element("div", {});
  const config = element("div", {});
  /** @type {unknown} */
  let shown;
  return {
    node: element("div", {}, rows, config),
    async refresh() {
      const workspace = await room.server.workspace().catch(() => null);
      const tag = room.watch.tag();
      const groups = [tagGroup(room, tag), visitorGroup(tag), sdkGroup(), serverGroup(room, tag, workspace)];
      rows.replaceChildren(...groups, ...failureGroup(room));
      if (shown === tag?.config && config.hasChildNodes()) return; // the reader may have opened branches
      shown = tag?.config;
      const content = tag?.config ? tree("jstag.config", tag.config, true) : nothing("No tag, so no configuration.");
      config.replaceChildren(group("Configuration", content));
    },
  };
}

/**
 * @param {Room} room
 * @param {Tag | null} tag
 */
function tagGroup(room, tag) {
  const config = tag?.config;
  return group(
    "Tag",
    table([
      ["State", tagState(room, tag)],
      ["Version", versionOf(config)],
      ["Account", accountOf(config) || ABSENT],
      ["Stream", config ? config.stream || "default" : ABSENT],
      ["Third-party id", config?.loadid === undefined ? ABSENT : config.loadid ? "on" : "off"],
    ]),
  );
}

/** @param {TagConfig | undefined} config */
function versionOf(config) {
  const version = config?.version;
  if (!version) return ABSENT;
  return Number.parseInt(version, 10) < OLDEST_MAJOR ? element("span", {}, `${version} `, chip("bad", "deprecated")) : version;
}

/**
 * @param {Room} room
 * @param {Tag | null} tag
 */
function tagState(room, tag) {
  if (room.watch.ready()) return chip("good", "found");
  const failed = room.watch.failures().find((text) => text.includes("/api/tag/"));
  if (failed) return element("span", {}, chip("bad", "not loaded"), ` ${failed}`);
  if (tag) return element("span", {}, chip("wait", "waiting"), " the snippet ran; its script has not loaded yet");
  return element("span", {}, chip("off", "not found"), " window.jstag does not exist: the page has no tag snippet, or it has not run yet");
}

/** @param {Tag | null} tag */
function visitorGroup(tag) {
  const names = storedNames(tag);
  return group(
    "Visitor",
    table([
      ["Visitor id", visitorId() ?? ABSENT],
      ["Cookie", tag?.config ? names.cookie : ABSENT],
      ["Profile key", tag?.config?.entity?.byFieldKey ?? tag?.config?.byFieldKey ?? ABSENT],
      ["Profile in page", entityState(tag)],
    ]),
  );
}

/** @param {Tag | null} tag */
function entityState(tag) {
  try {
    const entity = tag?.getEntity?.();
    if (!entity) return chip("off", "not loaded");
    return entity.data?.user ? chip("good", "loaded") : chip("wait", "loaded, visitor unknown");
  } catch {
    return chip("off", "not loaded"); // the vendor's tag throws until the entity has come
  }
}

function sdkGroup() {
  const sdk = currentSdk();
  return group("Widget SDK", table([["State", sdk ? chip("good", "loaded") : chip("off", "not loaded")], ["Version", sdk?.version ?? ABSENT]]));
}

/**
 * @param {Room} room
 * @param {Tag | null} tag
 * @param {WorkspaceView | null} workspace
 */
function serverGroup(room, tag, workspace) {
  const tones = { connected: "good", connecting: "wait", lost: "bad", blocked: "bad" };
  const state = room.connection();
  const blocked = "blocked by the page's policy: allow connect-src 'self'";
  const words = { connected: "connected", connecting: "connecting", lost: "reconnecting", blocked };
  const account = accountOf(tag?.config);
  const other = chip("bad", `the page's tag has ${account}`);
  const differs = workspace && account && account !== workspace.account;
  return group(
    "Server",
    table([
      ["Live updates", chip(tones[state], words[state])],
      ["Workspace", workspace?.name ?? ABSENT],
      ["Account", differs ? element("span", {}, `${workspace.account} `, other) : (workspace?.account ?? ABSENT)],
    ]),
  );
}

/** @param {Room} room */
function failureGroup(room) {
  const failures = room.watch.failures();
  if (!failures.length) return [];
  return [group("Blocked or failed", element("ul", { class: "plain" }, ...failures.map((text) => element("li", {}, text))))];
}

/** @param {TagConfig | undefined} config */
function accountOf(config) {
  return String((Array.isArray(config?.cid) ? config.cid[0] : config?.cid) ?? "");
}

/**
 * Names and values.
 * @param {[string, Node | string][]} rows
 */
function table(rows) {
  const cells = rows.flatMap(([name, value]) => [
    element("dt", {}, name),
    element("dd", value === ABSENT ? { class: "absent" } : {}, value),
  ]);
  return element("dl", { class: "rows" }, ...cells);
}

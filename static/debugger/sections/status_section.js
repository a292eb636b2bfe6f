/** @import { Built, Room, Section } from "../types" */
import { element, group, nothing } from "../dom.js";
import { tree } from "../tree.js";
import { findingsOf } from "./findings.js";
import { createKept, placeAll } from "./kept.js";
import { createLogMirror } from "./log_mirror.js";
import { createLookingPart } from "./looking_part.js";
import { activityGroup, activityFacts, momentsGroup, sdkGroup, serverGroup, tagGroup, verdict, visitorGroup } from "./status_groups.js";

/** @type {Section} */
export const statusSection = {
  id: "status",
  label: "Status",
  topics: ["tag", "log", "entity", "connection", "persona", "workspace", "override"],
  build: buildStatus,
};

/**
 * What has not changed stays the same node: a text that is being selected, a button that has the focus.
 * @param {Room} room
 * @returns {Built}
 */
function buildStatus(room) {
  const rows = element("div", {});
  const config = element("div", {});
  const kept = createKept();
  const looking = createLookingPart(room);
  const log = createLogMirror(room.source);
  /** @type {{score: number, times: number} | null} */
  let moved = null;
  let shown = "";
  return {
    node: element("div", {}, rows, config),
    async refresh() {
      const [page, settings, workspace, { moments }] = await Promise.all([
        room.source.ask("page"),
        room.source.ask("config"),
        room.server.workspace().catch(() => null),
        room.source.ask("widgets").catch(() => ({ moments: [] })),
        log.follow(),
      ]);
      const findings = findingsOf(page, workspace, room.connection());
      const facts = activityFacts(log.entries());
      const draw = () => placeAll(rows, [
        kept("verdict", findings, () => verdict(findings)),
        kept("tag", page.tag, () => tagGroup(page)),
        kept("visitor", [page.tag, page.visitor], () => visitorGroup(page)),
        kept("sdk", page.sdk, () => sdkGroup(page)),
        ...looking.draw(page),
        kept("activity", facts, () => activityGroup(facts)),
        kept("moments", [moments, moved], () => momentsGroup(moments, moved)),
        kept("server", [room.connection(), workspace?.name, workspace?.account, page.address], () => serverGroup(room, page, workspace)),
      ]);
      draw();
      const text = JSON.stringify(settings);
      if (shown !== text) config.replaceChildren(group("Configuration", settings ? tree("jstag.config", settings, true) : nothing("No tag, so no configuration.")));
      shown = text; // while it stays, so do the branches that the reader has opened
      moved = await room.source.ask("steadiness").catch(() => null);
      draw();
    },
  };
}

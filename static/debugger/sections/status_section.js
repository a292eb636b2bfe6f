/** @import { Built, Room, Section } from "../types" */
import { element } from "../dom.js";
import { findingsOf } from "./findings.js";
import { createKept, placeAll } from "./kept.js";
import { createLogMirror } from "./log_mirror.js";
import { createLookingPart } from "./looking_part.js";
import { createSettingsPart } from "./settings_part.js";
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
  const config = createSettingsPart();
  const kept = createKept();
  const looking = createLookingPart(room);
  const log = createLogMirror(room.source);
  /** @type {{score: number, times: number} | null} */
  let moved = null;
  return {
    node: rows,
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
      const configuration = config.draw(settings);
      const draw = () => placeAll(rows, [
        kept("verdict", findings, () => verdict(findings)),
        kept("tag", page.tag, () => tagGroup(page)),
        kept("visitor", [page.tag, page.visitor], () => visitorGroup(page)),
        kept("sdk", page.sdk, () => sdkGroup(page)),
        ...looking.draw(page),
        kept("activity", facts, () => activityGroup(facts)),
        kept("moments", [moments, moved], () => momentsGroup(moments, moved)),
        kept("server", [room.connection(), workspace?.name, workspace?.account, page.address], () => serverGroup(room, page, workspace)),
        configuration,
      ]);
      draw();
      moved = await room.source.ask("steadiness").catch(() => null);
      draw();
    },
  };
}

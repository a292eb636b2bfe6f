/** @import { Built, Room, Section } from "../types" */
import { createClockPart } from "./lab_clock.js";
import { createFaultsPart } from "./lab_faults.js";
import { createOverridesPart } from "./lab_overrides.js";
import { createPersonasPart } from "./lab_personas.js";
import { createSnapshotsPart } from "./lab_snapshots.js";
import { createStoragePart } from "./lab_storage.js";
import { createTrialPart } from "./lab_trial.js";

/** @type {Section} */
export const labSection = {
  id: "lab",
  label: "Lab",
  topics: ["persona", "workspace", "tag", "override", "storage", "server", "entity", "decision"],
  build: buildLab,
};

/**
 * Pretending: another visitor, other audiences, another time, worse weather; and the way back.
 * @param {Room} room
 * @returns {Built}
 */
function buildLab(room) {
  const parts = [createPersonasPart(room), createTrialPart(room), createOverridesPart(room), createClockPart(room), createStoragePart(room), createFaultsPart(room), createSnapshotsPart(room)];
  const node = document.createElement("div");
  node.append(...parts.map((part) => part.node));
  return {
    node,
    async refresh() {
      for (const part of parts) await part.refresh();
    },
  };
}

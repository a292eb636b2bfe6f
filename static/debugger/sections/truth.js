/** @import { Room } from "../types" */

/**
 * Nothing pretended any more: in the page its own visitor, profile and time; in this world of the server the real time and no
 * faults. What the server has none of is left alone.
 * @param {Room} room
 */
export async function backToTruth(room) {
  const { world } = await room.source.ask("pretends");
  if (world.clock) await room.server.post("clock", { mode: "real" });
  if (world.faults.length) await room.server.put("faults", {});
  await room.source.ask("truth");
}

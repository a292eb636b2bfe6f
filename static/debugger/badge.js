/** @import { Room } from "./types" */
import { button, element } from "./dom.js";
import { backToTruth } from "./sections/truth.js";

/**
 * What is not as it really is: who one visits as, what is overridden, the time. A badge in the page while the panel is closed, a
 * strip in the panel while it is open. Each has the way back to the truth.
 * @param {Room} room
 */
export function createBadge(room) {
  const strip = element("div", { class: "strip", hidden: "" });
  const badge = element("div", { class: "badge", hidden: "" });
  let open = false;
  let shown = "";
  let turn = 0;

  const draw = async () => {
    const mine = ++turn;
    const words = await pretended(room).catch(() => ""); // a page that has gone pretends nothing
    if (mine !== turn) return; // a later answer counts
    badge.hidden = !words || open;
    strip.hidden = !words;
    if (!words || (words === shown && strip.hasChildNodes())) return;
    shown = words;
    badge.replaceChildren(element("span", {}, words), back());
    strip.replaceChildren(element("span", { role: "status" }, words), back());
  };
  const back = () => button("plain-button", "Back to the truth", () => void backToTruth(room).catch(reportError));

  room.signal.listen(["persona", "tag", "workspace", "override"], () => void draw().catch(reportError));
  void draw().catch(reportError);
  return {
    badge,
    strip,
    /** @param {boolean} visible whether the panel is open */
    setOpen(visible) {
      open = visible;
      void draw().catch(reportError);
    },
  };
}

/**
 * Everything pretended, in a few words; empty when all is true. The server is asked for a persona's name only.
 * @param {Room} room
 */
async function pretended(room) {
  const { persona, overrides, clock, world } = await room.source.ask("pretends");
  const parts = [];
  if (persona !== null) {
    const workspace = await room.server.workspace().catch(() => null);
    parts.push(`as: ${workspace?.personas.find(({ id }) => id === persona)?.label ?? persona}`);
  }
  if (overrides) parts.push("profile overridden");
  if (clock || world.clock) parts.push("another time");
  if (world.faults.length) parts.push(world.faults.length === 1 ? "a fault is on" : `${world.faults.length} faults are on`);
  return parts.join(" · ");
}

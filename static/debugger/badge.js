/** @import { Room } from "./types" */
import { button, element } from "./dom.js";

/**
 * Who one is visiting as: a badge in the page while the panel is closed, a strip in the panel while it is open. Each has
 * the way back.
 * @param {Room} room
 */
export function createBadge(room) {
  const strip = element("div", { class: "strip", hidden: "" });
  const badge = element("div", { class: "badge", hidden: "" });
  let open = false;
  let shown = "";

  const draw = async () => {
    const id = room.visitor.persona();
    badge.hidden = id === null || open;
    strip.hidden = id === null;
    if (id === null) return;
    if (!shown) label(id);
    const workspace = await room.server.workspace().catch(() => null);
    label(workspace?.personas.find((persona) => persona.id === id)?.label ?? id);
  };
  const label = (/** @type {string} */ name) => {
    if (name === shown && strip.hasChildNodes()) return;
    shown = name;
    badge.replaceChildren(element("span", {}, `as: ${name}`), back());
    strip.replaceChildren(element("span", { role: "status" }, `as: ${name}`), back());
  };
  const back = () => button("plain-button", "Back to yourself", () => void room.visitor.leave().catch(reportError));

  room.signal.listen(["persona", "tag", "workspace"], draw);
  void draw();
  return {
    badge,
    strip,
    /** @param {boolean} visible whether the panel is open */
    setOpen(visible) {
      open = visible;
      void draw();
    },
  };
}

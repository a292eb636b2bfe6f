/** @import { Built, Room, Section } from "./types" */
import { button, element } from "./dom.js";
import { paced } from "./pace.js";
import { oncePerTurn } from "./signal.js";

/** Between two drawings for what happens in the page; a person's own deeds are followed at once. */
const PAUSE_MS = 100;

/**
 * The tabs and the section chosen. A section is built when it is first opened and drawn only while it can be seen; one
 * that fails says so in its own place.
 * @param {Room} room
 * @param {Section[]} sections
 */
export function createFrame(room, sections) {
  const tabs = element("div", { class: "tabs", role: "tablist", "aria-label": "Debugger" });
  const bodies = element("div", { class: "bodies" });
  const parts = sections.map((section) => createPart(room, section));
  /** @type {ReturnType<typeof createPart> | undefined} */
  let current;
  let open = false;

  const choose = (/** @type {string} */ id, focus = false) => {
    current = parts.find((part) => part.section.id === id) ?? parts[0];
    for (const part of parts) part.show(part === current);
    if (focus) current?.tab.focus();
    if (open) current?.draw();
  };
  for (const part of parts) {
    part.tab.addEventListener("click", () => choose(part.section.id));
    tabs.append(part.tab);
    bodies.append(part.panel);
    const follow = paced(() => open && part === current && part.draw(), PAUSE_MS);
    room.signal.listen(part.section.topics, () => open && part === current && follow());
  }
  tabs.addEventListener("keydown", (event) => {
    const at = parts.findIndex((part) => part === current);
    /** @type {Record<string, number>} */
    const moves = { ArrowRight: at + 1, ArrowLeft: at - 1, Home: 0, End: parts.length - 1 };
    const to = moves[event.key];
    if (to === undefined) return;
    event.preventDefault();
    choose(parts[(to + parts.length) % parts.length]?.section.id ?? "", true);
  });
  return {
    tabs,
    bodies,
    choose,
    chosen: () => current?.section.id ?? "",
    /** @param {boolean} visible */
    setOpen(visible) {
      open = visible;
      if (open) current?.draw();
    },
    focus: () => current?.tab.focus(),
  };
}

/**
 * @param {Room} room
 * @param {Section} section
 */
function createPart(room, section) {
  const [tabId, bodyId] = [`tab-${section.id}`, `body-${section.id}`];
  const tab = element("button", { type: "button", role: "tab", id: tabId, "aria-controls": bodyId, class: "tab" }, section.label);
  const panel = element("div", { role: "tabpanel", id: bodyId, "aria-labelledby": tabId, tabindex: "0", class: "body" });
  /** @type {Built | null} */
  let built = null;
  /** @type {Promise<void> | null} */
  let running = null;
  let again = false;

  const fail = (/** @type {unknown} */ error) => {
    built = null;
    const text = error instanceof Error ? error.message : String(error);
    const said = element("p", {}, `This part cannot be shown. ${text}`);
    panel.replaceChildren(element("div", { class: "error", role: "alert" }, said, button("plain-button", "Try again", draw)));
  };
  const run = async () => {
    try {
      if (!built) {
        built = section.build(room);
        panel.replaceChildren(built.node);
      }
      await built.refresh();
    } catch (error) {
      fail(error);
    }
  };
  // Answers come late: what changes while one is awaited is drawn once more after it, never in between.
  const draw = oncePerTurn(() => {
    if (running) {
      again = true;
      return;
    }
    running = run().finally(() => {
      running = null;
      if (again) draw();
      again = false;
    });
  });
  return {
    section,
    tab,
    panel,
    draw,
    /** @param {boolean} chosen */
    show(chosen) {
      tab.setAttribute("aria-selected", String(chosen));
      tab.tabIndex = chosen ? 0 : -1;
      panel.hidden = !chosen;
    },
  };
}

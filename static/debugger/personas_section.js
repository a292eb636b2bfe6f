/** @import { Built, PersonaView, Room, Section } from "./types" */
import { button, element, group, nothing } from "./dom.js";
import { visitorId } from "./page_globals.js";

const FORGETS = "Forgets this visitor on the server and what the widgets remember in this browser.";

/** @type {Section} */
export const personasSection = {
  id: "personas",
  label: "Personas",
  topics: ["persona", "workspace", "tag"],
  build: buildPersonas,
};

/**
 * @param {Room} room
 * @returns {Built}
 */
function buildPersonas(room) {
  const list = element("ul", { class: "cards" });
  /** @type {Map<string, HTMLButtonElement>} kept over refreshes: a dialog that a persona brings gives the focus back to them */
  const buttons = new Map();
  const error = element("p", { class: "error", role: "alert" });
  const reset = button("plain-button", "", () => act(() => room.visitor.reset()));
  const act = (/** @type {() => Promise<void>} */ work) => {
    error.textContent = "";
    work().catch((/** @type {Error} */ problem) => (error.textContent = problem.message));
  };
  return {
    node: element("div", {}, list, error, group("Start over", element("p", { class: "hint" }, FORGETS), reset)),
    async refresh() {
      const { personas } = await room.server.workspace();
      const current = room.visitor.persona();
      const { activeElement } = /** @type {ShadowRoot} */ (list.getRootNode());
      const focused = /** @type {HTMLElement | null} */ (activeElement)?.dataset["persona"];
      const own = card(room, act, buttons, { id: "", label: "Yourself", description: ownText(current), identities: {}, uid: "" }, current === null);
      list.replaceChildren(own, ...personas.map((persona) => card(room, act, buttons, persona, persona.id === current)));
      if (!personas.length) list.append(element("li", {}, nothing("No persona yet. Put one into the workspace's personas folder.")));
      const label = personas.find((persona) => persona.id === current)?.label ?? current;
      reset.textContent = current === null ? "Reset visitor" : `Start over as ${label}`;
      reset.disabled = room.visitor.busy();
      if (focused !== undefined) /** @type {HTMLElement | null} */ (list.querySelector(`[data-persona="${CSS.escape(focused)}"]`))?.focus();
    },
  };
}

/** @param {string | null} current */
function ownText(current) {
  return current === null ? `This browser's own visitor: ${visitorId() ?? "no id yet"}` : "This browser's own visitor, put aside meanwhile.";
}

/**
 * @param {Room} room
 * @param {(work: () => Promise<void>) => void} act
 * @param {Map<string, HTMLButtonElement>} buttons
 * @param {PersonaView} persona
 * @param {boolean} on
 */
function card(room, act, buttons, persona, on) {
  const idle = on || room.visitor.busy(); // not `disabled`, which would take the focus away
  const text = on ? "Current" : persona.id ? "Become" : "Be yourself";
  const choose = buttons.get(persona.id) ?? button("main-button", "", () => {
    if (choose.getAttribute("aria-disabled") === "true") return;
    act(() => (persona.id ? room.visitor.become(persona.id) : room.visitor.leave()));
  });
  buttons.set(persona.id, choose);
  choose.textContent = text;
  choose.setAttribute("aria-disabled", String(idle));
  choose.setAttribute("aria-label", persona.id || on ? `${text}: ${persona.label}` : text);
  choose.dataset["persona"] = persona.id;
  const identities = Object.entries(persona.identities).map(([name, value]) => `${name} ${value}`).join(" · ");
  return element(
    "li", { class: on ? "card current" : "card" },
    element("div", { class: "head" }, element("span", { class: "title" }, persona.label), choose),
    element("p", { class: "reason" }, persona.description),
    identities ? element("p", { class: "hint" }, identities) : null,
  );
}

/** @import { PersonaView, Room } from "../types" */
import { button, element, group, nothing } from "../dom.js";
import { createActing } from "./acting.js";
import { MOST_SHOWN, restText } from "./kept.js";
import { personaEditor } from "./persona_editor.js";

const FORGETS = "Forgets this visitor on the server and what the widgets remember in this browser.";

/**
 * Whom one visits as: oneself or a persona of the workspace.
 * @param {Room} room
 */
export function createPersonasPart(room) {
  const list = element("ul", { class: "cards" });
  /** @type {Map<string, HTMLButtonElement>} kept over refreshes: a dialog that a persona brings gives the focus back to them */
  const buttons = new Map();
  /** @type {Map<string, HTMLElement>} kept, so that what was typed stays */
  const editors = new Map();
  const { error, act } = createActing();
  const reset = button("plain-button", "", () => act(() => room.source.ask("reset")));
  const found = async () => (await room.server.workspace().catch(() => null))?.personas ?? [];
  return {
    node: group("Visit as", list, error, element("p", { class: "hint" }, FORGETS), reset),
    async refresh() {
      const [personas, { id: current, busy }, { visitor }] = await Promise.all([found(), room.source.ask("persona"), room.source.ask("page")]);
      const root = list.getRootNode();
      const focused = root instanceof ShadowRoot && root.activeElement instanceof HTMLElement ? root.activeElement.dataset["persona"] : undefined;
      const you = { id: "", label: "Yourself", description: ownText(current, visitor.uid), identities: {}, uid: "" };
      list.replaceChildren(...[you, ...personas.slice(0, MOST_SHOWN)].map((persona) => card(persona, persona.id === (current ?? ""), busy)));
      if (!personas.length) list.append(element("li", {}, nothing("No persona yet. Put one into the workspace's personas folder.")));
      if (restText(personas.length)) list.append(element("li", { class: "hint" }, restText(personas.length)));
      const label = personas.find((persona) => persona.id === current)?.label ?? current;
      reset.textContent = current === null ? "Reset visitor" : `Start over as ${label}`;
      reset.disabled = busy;
      if (focused !== undefined) /** @type {HTMLElement | null} */ (list.querySelector(`[data-persona="${CSS.escape(focused)}"]`))?.focus();
    },
  };

  /** @param {PersonaView} persona @param {boolean} on @param {boolean} busy */
  function card(persona, on, busy) {
    const text = on ? "Current" : persona.id ? "Become" : "Be yourself";
    const choose = buttons.get(persona.id) ?? button("main-button", "", () => {
      if (choose.getAttribute("aria-disabled") === "true") return;
      act(() => (persona.id ? room.source.ask("become", persona.id) : room.source.ask("leave")));
    });
    buttons.set(persona.id, choose);
    choose.textContent = text;
    choose.setAttribute("aria-disabled", String(on || busy)); // not `disabled`, which would take the focus away
    choose.setAttribute("aria-label", persona.id || on ? `${text}: ${persona.label}` : text);
    choose.dataset["persona"] = persona.id;
    const identities = Object.entries(persona.identities).map(([name, value]) => `${name} ${value}`).join(" · ");
    const editor = persona.id ? (editors.get(persona.id) ?? personaEditor(room, persona, act)) : null;
    if (editor) editors.set(persona.id, editor);
    return element(
      "li", { class: on ? "card current" : "card" },
      element("div", { class: "head" }, element("span", { class: "title" }, persona.label), choose),
      element("p", { class: "reason" }, persona.description),
      identities ? element("p", { class: "hint" }, identities) : null,
      editor,
    );
  }
}

/** @param {string | null} current @param {string | null} uid */
function ownText(current, uid) {
  return current === null ? `This browser's own visitor: ${uid ?? "no id yet"}` : "This browser's own visitor, put aside meanwhile.";
}

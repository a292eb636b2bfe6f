/** @import { PersonaView, Room } from "../types" */
import { copyButton } from "../copying.js";
import { button, element } from "../dom.js";

/**
 * A persona's fields, to change: for this visit only, or in its file.
 * @param {Room} room
 * @param {PersonaView} persona
 * @param {(work: () => Promise<unknown>) => void} act
 */
export function personaEditor(room, persona, act) {
  const area = element("textarea", { class: "field code", rows: "8", spellcheck: "false", "aria-label": `Fields of ${persona.label}, as JSON` });
  area.value = JSON.stringify(persona.fields ?? {}, null, 2);
  const said = element("p", { class: "hint", role: "status" });
  const fields = () => {
    try {
      return JSON.parse(area.value);
    } catch (error) {
      throw new Error(`The fields are not JSON: ${error instanceof Error ? error.message : error}.`);
    }
  };
  const put = async () => {
    // First the visitor, then its fields: becoming somebody puts the fields of the file in place.
    if ((await room.source.ask("persona")).id !== persona.id) await room.source.ask("become", persona.id);
    await room.server.post("persona-draft", { persona: persona.id, fields: fields() });
    await room.source.ask("decideAgain");
    said.textContent = "In place for this visit; the file is as it was.";
  };
  const save = async () => {
    const { file } = /** @type {{file: string}} */ (await room.server.put("persona-file", { persona: persona.id, fields: fields() }));
    said.textContent = `Saved to ${file}.`;
  };
  return element(
    "details", { class: "branch" },
    element("summary", {}, "Fields"),
    area,
    element(
      "div", { class: "bar wrap" },
      button("plain-button", "Visit with these", () => act(put)),
      button("plain-button", "Save to its file", () => act(save)),
      copyButton("Copy link", async () => {
        const url = new URL((await room.source.ask("page")).address);
        url.searchParams.set("understudy-persona", persona.id);
        return url.href;
      }),
    ),
    said,
  );
}

/** @import { LogEntry, Room } from "../types" */
import { copyButton, saveFile } from "../copying.js";
import { button, element } from "../dom.js";
import { asCsv, asHar, linesToShare } from "../log/exports.js";
import { redacted } from "../log/redact.js";
import { BUNDLE, readBundle } from "../log/saved_session.js";
import { createActing } from "./acting.js";

/** What was saved of a session, being looked at in place of the page's log. @typedef {{name: string, entries: LogEntry[]} | null} Imported */

/**
 * Taking the log away and looking at one that was.
 * @param {Room} room
 * @param {() => LogEntry[]} shown the lines that pass the filter
 * @param {(imported: Imported) => void} look
 */
export function createActivityTools(room, shown, look) {
  const redact = element("input", { type: "checkbox", id: "redact" });
  redact.checked = true;
  const { error: said, act } = createActing();
  const lines = () => linesToShare(shown(), redact.checked);
  const stamp = () => new Date().toISOString().slice(0, 19).replaceAll(":", "-");
  const saveSession = async () => saveFile(`understudy-${stamp()}.json`, JSON.stringify(await sessionOf(room, lines(), redact.checked), null, 1));
  const saveHar = async () => saveFile(`understudy-${stamp()}.har`, JSON.stringify(asHar(lines(), (await room.source.ask("page")).address), null, 1));
  const saveCsv = async () => saveFile(`understudy-${stamp()}.csv`, asCsv(lines()), "text/csv");
  const file = element("input", { type: "file", accept: ".json,application/json", "aria-label": "Open a saved session", class: "field" });
  file.addEventListener("change", async () => {
    said.textContent = "";
    const [chosen] = file.files ?? [];
    if (!chosen) return;
    try {
      look({ name: chosen.name, entries: readBundle(await chosen.text()) });
    } catch (error) {
      said.textContent = `${chosen.name} cannot be opened. ${error instanceof Error ? error.message : error}`;
    }
    file.value = "";
  });
  const node = element(
    "details", { class: "branch" },
    element("summary", {}, "Save, copy and open"),
    element("p", { class: "check" }, redact, element("label", { for: "redact" }, "Leave out e-mail addresses and personal fields")),
    element(
      "div", { class: "bar wrap" },
      button("plain-button", "Save session", () => act(saveSession)),
      button("plain-button", "Save HAR", () => act(saveHar)),
      button("plain-button", "Save CSV", () => act(saveCsv)),
      copyButton("Copy all as JSON", () => JSON.stringify(lines(), null, 1)),
    ),
    element("p", { class: "hint" }, "Open a session that was saved, from here or another browser:"),
    element("div", { class: "bar" }, file),
    said,
  );
  return { node, redacts: () => redact.checked };
}

/**
 * One file from which the case can be understood elsewhere: the log, and how everything stood.
 * @param {Room} room
 * @param {LogEntry[]} log
 * @param {boolean} redact
 */
async function sessionOf(room, log, redact) {
  const { source } = room;
  const [page, config, entity, widgets, storage, overrides] = await Promise.all([
    source.ask("page"), source.ask("config"), source.ask("entity"), source.ask("widgets"), source.ask("storage"), source.ask("overrides"),
  ]);
  const state = { page, config, entity, widgets, storage, overrides };
  return { kind: BUNDLE, version: 1, made: new Date().toISOString(), redacted: redact, browser: navigator.userAgent, ...(redact ? redacted(state) : state), log };
}

/** @import { LogEntry } from "../types" */
import { button, element } from "../dom.js";
import { ownFields } from "../log/copy_as.js";
import { streamOf } from "../log/events.js";
import { brief } from "../tree.js";
import { createActing } from "./acting.js";

const EVENT_EXAMPLE = '{"_e": "click", "page": "sale"}';

/**
 * An event to send again, as it was or changed. It goes the page's own way, by the tag, and counts as any other.
 * @param {LogEntry} entry
 * @param {(stream: string, data: Record<string, unknown>) => Promise<unknown>} send
 */
export function eventComposer(entry, send) {
  const { error, act } = createActing();
  const stream = element("input", { class: "field", "aria-label": "Stream" });
  stream.value = entry.stored?.stream || streamOf(entry.url);
  const data = element("textarea", { class: "field code", rows: "5", spellcheck: "false", "aria-label": "Event, as JSON" });
  data.value = JSON.stringify(ownFields(Object([entry.data].flat()[0])), null, 2);
  const said = element("p", { class: "hint", role: "status" });
  const post = async () => {
    said.textContent = "";
    await send(stream.value.trim(), eventOf(data.value));
    said.textContent = "Given to the tag; the newest line above says what became of it.";
  };
  const go = button("plain-button", "Send", () => act(post));
  return element("details", { class: "branch" }, element("summary", {}, "Send again, or changed"), element("div", { class: "bar" }, stream, go), data, said, error);
}

/** The fields of an event that was typed. @param {string} text @returns {Record<string, unknown>} */
function eventOf(text) {
  let event;
  try {
    event = JSON.parse(text);
  } catch (error) {
    throw new Error(`The event is not JSON: ${error instanceof Error ? error.message : error}. Write it as ${EVENT_EXAMPLE}.`);
  }
  if (event === null || typeof event !== "object" || Array.isArray(event)) throw new Error(`An event is fields and their values, not ${brief(event)}. Write it as ${EVENT_EXAMPLE}.`);
  return event;
}

/** @import { LogEntry } from "../types" */
import { button, element } from "../dom.js";
import { ownFields } from "../log/copy_as.js";
import { streamOf } from "../log/events.js";
import { createActing } from "./acting.js";

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
  const go = button("plain-button", "Send", () => act(async () => send(stream.value.trim(), JSON.parse(data.value))));
  return element("details", { class: "branch" }, element("summary", {}, "Send again, or changed"), element("div", { class: "bar" }, stream, go), data, error);
}

/** @import { LogEntry, Server } from "../types" */
import { streamOf } from "../log/events.js";

/**
 * Whether events fit the JSON Schema of their stream, as the server judges it. Only a workspace that has schemas is asked.
 * @param {Server} server
 */
export function createSchemaChecks(server) {
  /** @type {Map<number, string[]>} */
  const faults = new Map();
  return {
    faults: () => faults,
    /**
     * Judge some lines; answers whether any was found wrong or right anew.
     * @param {LogEntry[]} entries
     */
    async check(entries) {
      const events = entries.filter(({ kind }) => kind === "collect" || kind === "stored");
      if (!events.length) return false;
      const { schemas = [] } = await server.workspace().catch(() => /** @type {{schemas?: string[]}} */ ({}));
      const checked = events.filter((entry) => schemas.includes(streamOfLine(entry)));
      if (!checked.length) return false;
      const asked = checked.map((entry) => ({ stream: streamOfLine(entry), data: entry.data }));
      const { results } = /** @type {{results: {errors: string[]}[]}} */ (await server.post("validation", { events: asked }).catch(() => ({ results: [] })));
      results.forEach(({ errors }, index) => {
        const key = checked[index]?.key ?? 0;
        if (errors.length) faults.set(key, errors);
        else faults.delete(key);
      });
      return results.length > 0;
    },
  };
}

/** @param {LogEntry} entry */
function streamOfLine({ stored, url }) {
  return stored?.stream || streamOf(url);
}

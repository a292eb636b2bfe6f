/** @import { LogEntry, Server } from "../types" */
import { streamOf } from "../log/events.js";

/** Events in one request: the server takes a few thousand, of which a long log has more. */
const AT_ONCE = 1000;

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
      let judged = false;
      for (let at = 0; at < checked.length; at += AT_ONCE) judged = (await judge(checked.slice(at, at + AT_ONCE))) || judged;
      return judged;
    },
  };

  /** @param {LogEntry[]} entries answers whether the server said anything about them */
  async function judge(entries) {
    const events = entries.map((entry) => ({ stream: streamOfLine(entry), data: entry.data }));
    const { results } = /** @type {{results: {errors: string[]}[]}} */ (await server.post("validation", { events }).catch(() => ({ results: [] })));
    results.forEach(({ errors }, index) => {
      const key = entries[index]?.key ?? 0;
      if (errors.length) faults.set(key, errors);
      else faults.delete(key);
    });
    return results.length > 0;
  }
}

/** @param {LogEntry} entry */
function streamOfLine({ stored, url }) {
  return stored?.stream || streamOf(url);
}

/** @import { LiveMessage, Room, Topic } from "../types" */
/** @import { TestApi } from "../testing/types" */
import { jsonText } from "../json.js";
import { attempt, oncePerTurn } from "../signal.js";

/** @type {Topic[]} */
const TOLD = ["tag", "log", "entity", "decision", "workspace", "persona", "receipt", "moved", "override", "storage"];

/**
 * What the server asks of this page on behalf of dashboards and tests, answered by requests. While nobody follows, nothing is told.
 * @param {string} id
 * @param {Room} room
 * @param {Omit<TestApi, "version">} testApi
 */
export function createBridge(id, { source, server, signal }, testApi) {
  /** @type {(() => void)[]} */
  let stops = [];
  /** @type {Set<Topic>} */
  let changed = new Set();
  let telling = false;

  const tell = oncePerTurn(async () => {
    if (telling || !changed.size) return;
    telling = true;
    const topics = [...changed];
    changed = new Set();
    await server.post(`pages/${id}/changed`, { topics }).catch(() => undefined); // the next change tells again
    telling = false;
    tell();
  });
  const answerTo = async (/** @type {LiveMessage} */ { of, ask = "", given = [] }) => {
    if (of !== "test") return /** @type {any} */ (source).ask(ask, ...given);
    return /** @type {any} */ (testApi)[ask](...given);
  };
  return {
    /** @param {LiveMessage} message */
    async answer(message) {
      const { number } = message;
      const said = await answerTo(message).then(
        (answer) => ({ number, answer: JSON.parse(jsonText(answer ?? null)) }),
        (error) => ({ number, error: error instanceof Error ? error.message : String(error) }),
      );
      // A page that cannot reach the server is not connected any more, which the asker learns from the server.
      await server.post(`pages/${id}/answers`, said).catch(() => undefined);
    },
    /** @param {LiveMessage} message */
    follow({ on = false }) {
      for (const stop of stops) attempt(stop);
      const hear = (/** @type {Topic} */ topic) => {
        changed.add(topic);
        tell();
      };
      stops = on ? TOLD.map((topic) => signal.listen([topic], () => hear(topic))) : [];
    },
  };
}

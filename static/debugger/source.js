/** @import { Answers, Channel, Source, Signal, Topic } from "./types" */

/**
 * Where sections get the page from.
 *
 * A section never touches a page's globals, storage or document. It asks a source: `ask("page")`, `ask("log", since)`,
 * `ask("become", "high_value")`; what a page can be asked is the interface `Answers` in `types.d.ts`, and every answer is plain
 * data. It hears of changes by topic, with nothing but the topic, and asks again. So a section runs wherever a source can be
 * made:
 *
 * - in the page: `createSource(answersOf(page))`, where `page/answers.js` is the one place that answers;
 * - elsewhere (a dashboard, an extension's panel, a window of its own): `remoteSource(channel)`, with `answerSource(source,
 *   channel)` at the page's end of the channel. A channel is `{ post(message), hear(listener) }` over anything that carries
 *   JSON: a port of an extension, a `BroadcastChannel`, requests to a server with its event stream.
 *
 * What the server knows is asked of a `Server` (`server_api.js`), which an extension on a foreign site does not have: its calls
 * are refused there, and sections show what the page alone tells. A shell is then a `Room` of signal, source and server, and a
 * frame (`frame.js`) with the list of `allSections` (`sections/all.js`).
 */

/**
 * A source in the page itself.
 * @param {Partial<Answers>} answers
 * @param {Signal} signal
 * @param {() => Promise<Partial<Answers>>} [further] has the answers that are not there from the start
 * @returns {Source}
 */
export function createSource(answers, signal, further = async () => answers) {
  return {
    shell: "page",
    // A question that fails is a promise that fails, wherever the page is.
    ask: async (question, ...given) => {
      const known = question in answers ? answers : await further();
      const answer = /** @type {any} */ (known)[question];
      if (!answer) throw new Error(`This page cannot be asked "${question}".`);
      return answer(...given);
    },
    listen: (topics, listener) => signal.listen(topics, () => listener()),
  };
}

/**
 * Answer for a page to whoever is at the other end of a channel, and tell it of every change.
 * @param {Source} source
 * @param {Channel} channel
 * @param {Topic[]} topics
 * @returns {() => void} stops
 */
export function answerSource(source, channel, topics) {
  const stops = topics.map((topic) => source.listen([topic], () => channel.post({ topic })));
  const stop = channel.hear(async (message) => {
    const { ask, given = [], id } = message;
    if (typeof ask !== "string") return;
    try {
      const answer = await /** @type {any} */ (source).ask(ask, ...given);
      channel.post({ id, answer: answer === undefined ? null : answer });
    } catch (error) {
      channel.post({ id, error: error instanceof Error ? error.message : String(error) });
    }
  });
  return () => [...stops, stop].forEach((end) => end());
}

/**
 * A page at the other end of a channel.
 * @param {Channel} channel
 * @param {Signal} signal
 * @returns {Source}
 */
export function remoteSource(channel, signal) {
  /** @type {Map<number, {resolve(answer: any): void, reject(error: Error): void}>} */
  const asked = new Map();
  let last = 0;
  channel.hear(({ id, answer, error, topic }) => {
    if (topic) signal.fire(topic);
    const waiting = id === undefined ? undefined : asked.get(id);
    if (!waiting) return;
    asked.delete(id ?? 0);
    if (error === undefined) waiting.resolve(answer);
    else waiting.reject(new Error(error));
  });
  return {
    shell: "remote",
    ask: (question, ...given) =>
      new Promise((resolve, reject) => {
        asked.set(++last, { resolve, reject });
        channel.post({ id: last, ask: question, given });
      }),
    listen: (topics, listener) => signal.listen(topics, () => listener()),
  };
}

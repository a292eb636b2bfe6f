/** @import { PageView, Server, Signal, Source, Topic } from "../types" */

/**
 * A page that is connected, with what it says of itself once it has answered.
 * @typedef {{id: string, address: string, agent: string, since: number, view: PageView | null}} Connected
 */

/** @type {Topic[]} */
const ALL_TOPICS = ["tag", "log", "entity", "decision", "workspace", "persona", "receipt", "moved", "override", "storage", "server"];

/**
 * The pages of this world, and the one that sections show: the latest, until somebody chooses.
 * @param {Server} server
 * @param {Signal} signal
 * @param {() => void} draw
 */
export function createChosenPage(server, signal, draw) {
  /** @type {Connected[]} */
  let pages = [];
  let chosen = "";
  let turn = 0;
  const { ask, settle, breakOff } = createQuestions(server);
  const choose = (/** @type {string} */ id) => {
    chosen = id;
    draw();
    for (const topic of ALL_TOPICS) signal.fire(topic);
  };
  const look = async (/** @type {Connected} */ page) => {
    page.view = await ask(page.id, "page", []).catch(() => page.view); // it may go while it is asked
    draw();
  };
  /** @type {Source} */
  const source = {
    shell: "remote",
    ask: async (question, ...given) => {
      if (!chosen) throw new Error("No page is open in this world. Open one in another window, or on a phone.");
      return ask(chosen, question, given);
    },
    listen: (topics, listener) => signal.listen(topics, () => listener()),
  };
  return {
    source,
    choose,
    pages: () => pages,
    chosen: () => pages.find(({ id }) => id === chosen) ?? null,
    /** Ask the server anew which pages there are. */
    async renew() {
      const now = ++turn;
      const listed = /** @type {{pages: Omit<Connected, "view">[]}} */ (await server.get("pages")).pages;
      if (now !== turn) return;
      const known = new Map(pages.map((page) => [page.id, page]));
      pages = listed.map((page) => known.get(page.id) ?? { ...page, view: null });
      for (const page of pages) if (!known.has(page.id)) void look(page);
      if (pages.some(({ id }) => id === chosen)) draw();
      else choose(pages.at(-1)?.id ?? "");
    },
    /** A stream has begun: an earlier one brings no answer any more, and what changed in between was told to nobody. */
    reconnected() {
      breakOff();
      for (const topic of ALL_TOPICS) signal.fire(topic);
    },
    /** A page's answer has come by the stream. @param {{ticket?: string, answer?: unknown, error?: string}} message */
    answered: ({ ticket = "", answer, error }) => settle(ticket, answer, error),
    /** @param {string} id @param {Topic[]} topics */
    changed(id, topics) {
      if (id === chosen) for (const topic of topics) signal.fire(topic);
      const page = pages.find((one) => one.id === id);
      if (page && topics.some((topic) => topic === "persona" || topic === "tag")) void look(page);
    },
  };
}

/**
 * Questions to pages, put by requests, and answered by the stream.
 * @param {Server} server
 */
function createQuestions(server) {
  const mine = Math.random().toString(36).slice(2);
  let last = 0;
  /** @type {Map<string, {resolve(answer: any): void, reject(error: Error): void}>} */
  const asked = new Map();
  const settle = (/** @type {string} */ ticket, /** @type {unknown} */ answer, /** @type {string | undefined} */ error) => {
    const waiting = asked.get(ticket);
    asked.delete(ticket);
    if (error === undefined) waiting?.resolve(answer);
    else waiting?.reject(new Error(error));
  };
  return {
    settle,
    /** @param {string} id @param {string} question @param {unknown[]} given @returns {Promise<any>} */
    ask: (id, question, given) =>
      new Promise((resolve, reject) => {
        const ticket = `${mine}-${++last}`;
        asked.set(ticket, { resolve, reject });
        server.post(`pages/${id}/ask/${question}`, { ticket, given }).catch((error) => settle(ticket, undefined, error.message));
      }),
    breakOff() {
      for (const ticket of [...asked.keys()]) settle(ticket, undefined, "The connection to the server broke off before the page answered.");
    },
  };
}

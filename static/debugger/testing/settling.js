/** @import { Room, Tag } from "../types" */
/** @import { ReadyState, WidgetState } from "./types" */
import { currentTag } from "../page/page_globals.js";
import { explanations } from "./shapes.js";
import { until } from "./until.js";

/**
 * How often everything has been decided in this page so far: a tag that publishes says when it is done with that, any other when
 * it has a profile.
 */
export function timesSettled() {
  const tag = currentTag();
  const last = publishes(tag) ? "pathfora.publish.done" : "entity.loaded";
  return tag?.history?.().filter(({ topic }) => topic === last).length ?? 0;
}

/** @param {Tag | null} tag */
function publishes(tag) {
  const publish = /** @type {any} */ (tag?.config?.pathfora?.publish);
  return Boolean(publish) && publish.disabled !== true;
}

/**
 * Wait until everything has been decided once more than `before`.
 * @param {Room} room
 * @param {number} before
 * @param {number | undefined} timeout
 * @returns {Promise<ReadyState>}
 */
export function settled(room, before, timeout) {
  const look = async () => {
    const { tag } = await room.source.ask("page");
    if (tag.state === "failed") throw new Error(`The tag did not load: ${tag.reason}.`);
    return timesSettled() > before && !(await isFetching(room)) ? readyState(room) : null;
  };
  return until(room.signal, look, timeout, () => unsettled(room));
}

/** Whether a widget still waits for what it recommends, which comes by a request of its own. @param {Pick<Room, "source">} room */
async function isFetching({ source }) {
  const { decisions } = await source.ask("widgets");
  return decisions.some(({ verdict, gates }) => verdict === "waiting" && gates.at(-1)?.gate === "recommend" && gates.at(-1)?.pass === null);
}

/** @param {Room} room @returns {Promise<ReadyState>} */
async function readyState({ source }) {
  const [page, persona, entity, widgets] = await Promise.all([source.ask("page"), source.ask("persona"), source.ask("entity"), source.ask("widgets")]);
  const { address, title, load, tag, sdk, visitor } = page;
  return {
    version: 1,
    page: { address, title, load },
    tag: { state: tag.state, version: tag.version, account: tag.account },
    sdk: sdk.version,
    visitor: { uid: visitor.uid, persona: persona.id, audiences: entity.segments ?? [] },
    widgets: explanations(widgets).map(({ id, state }) => ({ id, state: /** @type {WidgetState} */ (state) })),
  };
}

/** What a page that is not ready lacks. @param {Room} room */
async function unsettled({ source }) {
  const { tag, visitor } = await source.ask("page");
  if (tag.state !== "found") return `The page is not ready: ${tag.reason}`;
  if (tag.consent === false) return "The page is not ready: the tag waits for consent, which jstag.consent(true) gives";
  if (visitor.entity === "missing") return "The page is not ready: the profile has not come. See what /api/personalize answered, under Activity";
  if (await isFetching({ source })) return "The page is not ready: a widget waits for what it recommends. See the request under Activity";
  return "The page is not ready: the tag has the profile, and has not published its experiences yet";
}

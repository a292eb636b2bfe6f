/** @import { Server, Signal, Tag, Visitor } from "../types" */
import { currentSdk, currentTag, visitorId } from "./page_globals.js";
import { clearState, keepState, keptState, readState, restoreState, takeId } from "./persona_store.js";

const PERSONA_PREFIX = "persona-";

/**
 * Who this browser is for the tag: itself, or a persona of the workspace.
 * @param {Server} server
 * @param {Signal} signal
 * @returns {Visitor}
 */
export function createVisitor(server, signal) {
  let busy = false;

  /** @type {(work: (tag: Tag) => Promise<void>) => Promise<void>} */
  const exclusively = async (work) => {
    const tag = currentTag();
    if (!tag?.setCookie) throw new Error("There is no tag on this page yet, so there is no visitor to change.");
    if (busy) return;
    busy = true;
    signal.fire("persona");
    try {
      await work(tag);
    } finally {
      busy = false;
      signal.fire("persona");
    }
  };

  const become = async (/** @type {Tag} */ tag, /** @type {string} */ id) => {
    const { uid } = /** @type {{uid: string}} */ (await server.post("persona", { persona: id }));
    const own = currentPersona() === null ? readState(tag) : (keptState()?.own ?? null);
    keepState({ id, uid }, own);
    clearState(tag);
    takeId(tag, uid);
    arrive(tag);
  };

  return {
    persona: currentPersona,
    busy: () => busy,
    become: (id) => exclusively((tag) => become(tag, id)),
    leave: () =>
      exclusively(async (tag) => {
        restoreState(tag);
        decideAgain(tag);
      }),
    reset: () =>
      exclusively(async (tag) => {
        const uid = visitorId();
        const persona = currentPersona();
        if (persona !== null) return become(tag, persona);
        if (uid) await server.post("reset", { uid });
        clearState(tag);
        arrive(tag);
      }),
  };
}

/**
 * The persona that this browser is: the one this tab became, or one that another tab did, told by its id.
 * @returns {string | null}
 */
function currentPersona() {
  const uid = visitorId();
  if (uid === null) return null;
  const kept = keptState()?.persona;
  if (kept?.uid === uid) return kept.id;
  return uid.startsWith(PERSONA_PREFIX) ? uid.slice(PERSONA_PREFIX.length) : null;
}

/**
 * Be on this page as someone who just came to it: their first page view is counted.
 * @param {Tag} tag
 */
function arrive(tag) {
  currentSdk()?.initializePageViews?.();
  decideAgain(tag);
}

/**
 * Have the profile fetched; the tag's publish plugin starts the widgets anew when it has come. A visitor without an id
 * gets one first.
 * @param {Tag} tag
 */
function decideAgain(tag) {
  const load = () => tag.loadEntity?.();
  if (visitorId() === null && tag.getid) tag.getid(load);
  else load();
}

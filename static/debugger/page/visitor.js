/** @import { Server, Signal, Tag, Visitor } from "../types" */
import { currentSdk, currentTag, visitorId } from "./page_globals.js";
import { clearVisitor } from "./tab_visitor.js";

/**
 * Who this tab is for the tag: the browser's own visitor, or a persona of the workspace.
 * @param {Server} server
 * @param {Signal} signal
 * @param {ReturnType<typeof import("./tab_visitor.js").createTabVisitor>} tab
 * @returns {Visitor}
 */
export function createVisitor(server, signal, tab) {
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
    tab.enter(id, uid);
    arrive(tag);
  };

  return {
    persona: tab.persona,
    busy: () => busy,
    become: (id) => exclusively((tag) => become(tag, id)),
    leave: () =>
      exclusively(async (tag) => {
        tab.leave();
        if (visitorId() === null) tag.clearCookies?.(); // it would go on with the persona's id, which it remembers
        decideAgain(tag);
      }),
    reset: () =>
      exclusively(async (tag) => {
        const uid = visitorId();
        const persona = tab.persona();
        if (persona !== null) return become(tag, persona);
        if (uid) await server.post("reset", { uid });
        clearVisitor(tag);
        arrive(tag);
      }),
  };
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

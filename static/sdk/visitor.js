/** @import { Feature } from "./types" */
import { refusal } from "./log.js";
import { page } from "./page.js";

/** The visitor's segments: `lio` wins over `jstag`; without a tag everyone is in `all` (widgets.md 4.2). */
export function visitorSegments() {
  const { lio, jstag } = page;
  return lio?.data?.segments || jstag?.getSegments?.() || ["all"];
}

/**
 * Make sure the account id is known (widgets.md 4.6); throws when the tag does not tell it.
 * @param {any} pathfora
 */
export function requireAccount(pathfora) {
  if ((pathfora.acctid ?? "") !== "") return;
  const account = page.lio?.account;
  const cid = page.jstag?.config?.cid;
  if (!account && cid == null) throw refusal("Could not get account id from Lytics Javascript tag.");
  const id = account ? account.id : cid[0];
  if (!id) throw refusal("Lytics Javascript tag returned an empty account id.");
  pathfora.acctid = id;
}

/**
 * Call back once with the visitor's data, as soon as a tag has it (widgets.md 1.5). A tag that only drains
 * `pathfora.callbacks` finds the function there until it has run; a snippet whose script is still on its way is asked
 * through its queue.
 * @param {any} pathfora
 * @param {(data: any) => void} callback
 * @param {(found: string) => void} [without] told when there is no tag, or when one answers that it has no data
 */
export function whenVisitorKnown(pathfora, callback, without) {
  const { lio, jstag } = page;
  if (lio?.loaded) return callback(lio.data);
  let done = false;
  /** @type {unknown} */
  let off;
  const stop = () => typeof off === "function" && off();
  /** @param {any} data */
  const once = (data) => {
    if (done) return;
    done = true;
    stop();
    pathfora.callbacks = pathfora.callbacks.filter((/** @type {unknown} */ other) => other !== once);
    callback(data);
  };
  pathfora.callbacks.push(once);
  if (!(lio ?? jstag)) without?.("not known: no tag on this page yet");
  /** @param {any} entity */
  const take = (entity) => {
    if (entity?.data?.user) once(entity.data.user);
    else if (entity && !done) without?.("not known: the tag answered without one");
  };
  if (jstag?.entityReady) {
    off = jstag.entityReady(take);
    if (done) stop();
  } else {
    take(jstag?.getEntity?.());
    if (!done) jstag?.call?.("entityReady", take);
  }
}

/** The tag handshake, for pages too. @type {Feature} */
export const visitor = {
  api: () => ({
    /** @this {any} @param {(data: any) => void} callback @param {(found: string) => void} [without] ours: no data is known */
    addCallback(callback, without) {
      whenVisitorKnown(this, callback, without);
    },
  }),
};

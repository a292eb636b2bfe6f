/**
 * The visitor's audiences: of the entity, else as last seen in `segments.storage`, else `segments.defaultSegments`
 * (tag.md 7.3). `disabled: true` turns the memory off, not the methods.
 *
 * What is remembered goes when the visitor's cookies are cleared or the page sets another id: it is not theirs.
 */

import { guard, on } from "../emitter.js";
import { expose, tag } from "../methods.js";
import { segmentsOf } from "../profile.js";
import { options } from "../settings.js";
import { keepList, readList } from "../storage.js";

/** @type {string | undefined} */
let visitor;

/** @param {string[]} [list] none to forget what was remembered */
function remember(list) {
  const { storage, storageKey, disabled } = options("segments");
  if (!disabled) keepList(storageKey, list, storage);
}

function getSegments() {
  const { storage, storageKey, disabled, defaultSegments } = options("segments");
  const list = segmentsOf(tag.getEntity()) ?? (!disabled && readList(storageKey, storage));
  return [...(list || defaultSegments)];
}

export function segments() {
  on("entity.loaded", (_topic, entity) => {
    const list = segmentsOf(entity);
    if (list) remember(list);
  });
  on("cookies.cleared", () => remember());
  on("getid", (_topic, id) => {
    if (visitor && visitor !== id) remember();
    visitor = id;
  });
  expose({
    getSegments,
    loadSegments: (then) => tag.loadEntity(() => guard("segments", then, getSegments())),
  });
}

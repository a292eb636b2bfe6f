/** @import { Condition } from "../types" */
import { readCount } from "../storage.js";

/**
 * Hidden for good after `hideCount` actions, and for `duration` seconds after each (widgets.md 3.9).
 * @type {Condition}
 */
export const hideAfterAction = {
  name: "hideAfterAction",
  check: (required, { id }) => {
    /** @type {Record<string, {count: number, last: number}>} */
    const actual = {};
    let pass = true;
    let until = 0;
    for (const [action, record] of Object.entries({ confirm: "Confirm", cancel: "Cancel", closed: "Closed" })) {
      const { hideCount, duration } = required[action] ?? {};
      const found = readCount(`Pathfora${record}_${id}`);
      if (!required[action] || !found.count) continue;
      actual[action] = found;
      const end = found.last + duration * 1000;
      const paused = Date.now() < end;
      if (found.count >= hideCount) until = Infinity;
      else if (paused) until = Math.max(until, end);
      pass &&= !paused && !(found.count >= hideCount);
    }
    return [pass, actual, until < Infinity && until ? until : undefined];
  },
};

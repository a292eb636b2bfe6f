/** @import { Condition } from "../types" */
import { readCount } from "../storage.js";

/**
 * Hidden for good after `hideCount` actions, and for `duration` seconds after each (widgets.md 3.9). With `together: true` both must
 * hold: after so many actions, hidden for so long since the last.
 * @type {Condition}
 */
export const hideAfterAction = {
  name: "hideAfterAction",
  check: (required, { id }) => {
    /** @type {Record<string, {count: number, last: number}>} */
    const actual = {};
    let until = 0;
    for (const [action, limit] of Object.entries(required)) {
      const [count, last] = readCount(`Pathfora${action.replace(/./, (first) => first.toUpperCase())}_${id}`);
      if (!limit || !count) continue;
      actual[action] = { count, last };
      const end = last + limit.duration * 1000;
      const reached = count >= limit.hideCount;
      until = Math.max(until, (limit.together ? reached && end : reached ? Infinity : end) || 0);
    }
    const pass = Date.now() >= until;
    return [pass, actual, pass || until === Infinity ? undefined : until];
  },
};

/** @import { LiveWidget } from "./types" */

/** @type {Record<string, Set<(event: Event) => void> & EventListenerObject>} */
const heard = {};

/**
 * Call a function at an event of the page for as long as a widget waits: one passive listener for each kind of event, however
 * many widgets wait.
 * @param {LiveWidget} live
 * @param {string} type
 * @param {(event: any) => void} act
 */
export function hear({ stops }, type, act) {
  const acts = (heard[type] ??= Object.assign(new Set(), {
    handleEvent: (/** @type {Event} */ event) => {
      for (const each of [...acts]) each(event);
    },
  }));
  const options = { capture: true, passive: true };
  acts.add(act);
  // Adding the same listener again changes nothing.
  addEventListener(type, acts, options);
  stops.add(() => {
    acts.delete(act);
    if (!acts.size) removeEventListener(type, acts, options);
  });
}

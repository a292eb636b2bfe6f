/**
 * The last things that were added, to be searched from the newest back: for each search of a long list, copying it would be felt.
 * @template T
 * @param {number} least how many are kept at least; at most twice as many are
 */
export function createLatest(least) {
  /** @type {T[]} */
  let kept = [];
  return {
    /** @param {T} item */
    add(item) {
      if (kept.push(item) > 2 * least) kept = kept.slice(-least);
    },
    /** @param {(item: T) => unknown} isWanted */
    find(isWanted) {
      for (let at = kept.length - 1; at >= 0; at--) {
        const item = /** @type {T} */ (kept[at]);
        if (isWanted(item)) return item;
      }
      return undefined;
    },
  };
}

/** How a text of a configuration becomes nodes: as it is, unless the build has the markup part. */
let builder = (/** @type {string} */ source) => /** @type {Node | string} */ (source);

/** @param {(source: string) => Node | string} build */
export function buildTextsWith(build) {
  builder = build;
}

/**
 * Nodes for a text.
 * @param {unknown} source
 */
export function buildText(source) {
  return builder(String(source ?? ""));
}

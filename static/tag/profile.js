/** The entity as pages get it (tag.md 3.5): a mutable `data`, and two ways to read it. */

import { leaf } from "./tree.js";

/** @import { Profile, Tree } from "./types.js" */

/**
 * @param {Tree} data
 * @returns {Profile}
 */
export function profileOf(data) {
  return {
    data,
    /** @param {string} path dotted, such as `user.segments` */
    getAt(path) {
      return leaf(this.data, path);
    },
    /** The flat shape of tag v2: the user's fields, segments among them. */
    toLegacyStyle() {
      return { ...(this.data.user ?? this.data) };
    },
  };
}

/**
 * The slugs that an entity carries, in either format; undefined when it says nothing about segments.
 *
 * @param {Profile} profile
 * @returns {string[] | undefined}
 */
export function segmentsOf({ data }) {
  const segments = data.user?.segments ?? data.segments;
  return Array.isArray(segments) ? segments : undefined;
}

/** The entity as pages get it (tag.md 3.5): a mutable `data`, and two ways to read it. */

import { leaf } from "./tree.js";

/** @import { Tree } from "./types.js" */

export class Profile {
  /** @param {Tree} data */
  constructor(data) {
    this.data = data;
  }

  /** @param {string} path dotted, such as `user.segments` */
  getAt(path) {
    return leaf(this.data, String(path));
  }

  /** The flat shape of tag v2: the user's fields, segments among them. */
  toLegacyStyle() {
    return { ...(this.data.user ?? this.data) };
  }
}

/**
 * The slugs that an entity carries, in either format; undefined when it says nothing about segments.
 *
 * @param {Tree} profile
 * @returns {string[] | undefined}
 */
export function segmentsOf(profile) {
  const segments = profile.data.user?.segments ?? profile.data.segments;
  return Array.isArray(segments) ? segments : undefined;
}

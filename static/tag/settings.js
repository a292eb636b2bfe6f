/**
 * The live configuration, `jstag.config`: a plain object that the page may read, walk and change at any time.
 *
 * Precedence: the page's own values, then its `moarConfig`, then the account's settings, then plugin defaults (tag.md
 * 7.1). The page's object is filled in place, so that a reference taken before the tag loaded stays good. Each reading
 * puts back what the page took away, because single-page sites replace `config.pathfora.publish` with an object that
 * holds only `candidates` (tag.md 8.1). It looks at the keys on the way to what is read and at all below it, no further: a
 * tag reads its configuration a hundred times while it starts.
 *
 * `init` with an argument over an existing configuration (UNKNOWN in the vendor's pages): the argument wins, what it
 * leaves out is kept. `cid` becomes an array. `location` stays unset unless the page sets it, for it would go stale.
 */

import { quietly } from "./storage.js";
import { fill, isTree } from "./tree.js";

/** @import { Settings, Tag, Tree } from "./types.js" */

/** Defaults of the keys that belong to no plugin (tag.md 2.1). `blocked` is false, as in live configurations. */
const FRAMEWORK_DEFAULTS = {
  cookie: "seerid",
  sesname: "seerses",
  sessecs: 1800,
  path: "/c/",
  idpath: "/cid/",
  tagid: "jstag-csdk",
  byFieldKey: "_uid",
  delay: 2000,
  qsargs: [],
  payloadQueue: [],
  blocked: false,
  loadid: false,
  ref: true,
  poll: { retries: 600, interval: 100 },
  consent: { required: false, gpc: true, dnt: true },
};

/**
 * @param {Tag} tag
 * @param {Tree} account the settings baked into this script
 * @param {string} script URL of the tag's own script, "" when unknown
 * @param {string} version
 * @returns {Settings}
 */
export function createSettings(tag, account, script, version) {
  /** @type {Tree} */
  let base = {};

  /** @type {Settings["live"]} */
  const live = (path = "") => (tag.config = fill(tag.config, base, path.split(".")));

  /** @param {Tree} [argument] */
  function begin(argument) {
    const old = (tag.config = fill(tag.config, base));
    const page = fill(isTree(argument) ? argument : old, old);
    const config = fill(fill(page, page.moarConfig), account);
    config.url ||= quietly(() => new URL(config.src || script, location.href).origin) ?? location.origin;
    tag.config = fill(config, { ...FRAMEWORK_DEFAULTS, version });
    tag.config.cid = [config.cid ?? []].flat();
    base = fill({}, tag.config);
    return tag.config;
  }

  /** @param {Tree} tree */
  function defaults(tree) {
    base = fill(base, tree);
    tag.config = fill(tag.config, tree);
  }

  return { begin, defaults, live };
}

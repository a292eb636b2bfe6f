/**
 * The live configuration, `jstag.config`: a plain object that the page may read, walk and change at any time.
 *
 * Precedence: the page's own values, then its `moarConfig`, then the account's settings, then defaults (tag.md 7.1). The
 * page's object is filled in place, so that a reference taken before the tag loaded stays good. Each reading puts back
 * what the page took away, because single-page sites replace `config.pathfora.publish` with an object that holds only
 * `candidates` (tag.md 8.1). It looks at the top and at the options that are read, no further: a tag reads its
 * configuration a hundred times while it starts.
 *
 * `init` with an argument over an existing configuration (UNKNOWN in the vendor's pages): the argument wins, what it
 * leaves out is kept. `cid` becomes an array. `location` stays unset unless the page sets it, for it would go stale.
 */

import { tag } from "./methods.js";
import { quietly } from "./storage.js";
import { fill, leaf } from "./tree.js";

/** @import { Tree } from "./types.js" */

/** @type {Tree} */
let base = {};
const source = /** @type {HTMLScriptElement | null} */ (document.currentScript)?.src;

/** @returns {Tree} the whole configuration */
export function config() {
  return (tag.config = fill(tag.config, base, true));
}

/**
 * @param {string} name a namespace
 * @returns {Tree} its options
 */
export function options(name) {
  return fill(leaf(config(), name), leaf(base, name));
}

/**
 * @param {string} template
 * @returns {string} with `{url}` and `{cid}` filled in
 */
export function urlOf(template) {
  return template.replace(/{(url|cid)}/g, (_all, name) => [config()[name]].flat()[0]);
}

/** @param {Tree} tree */
export function addDefaults(tree) {
  fill(base, tree);
  fill(config(), tree);
}

/**
 * @param {Tree | undefined} argument of `init`
 * @param {Tree} account the settings baked into this script
 */
export function begin(argument, account) {
  const old = fill(tag.config, base);
  const page = fill(argument ?? old, old);
  const tree = (tag.config = fill(fill(page, page.moarConfig), account));
  tree.url = (tree.url || new URL(tree.src || source || location, /** @type {any} */ (location)).origin).replace(/\/$/, "");
  tree.cid = [tree.cid || []].flat();
  base = fill({}, fill(tree, frameworkDefaults(tree.byFieldKey)));
}

/**
 * Defaults of the keys that belong to no plugin, and of the plugins that are in every tag (tag.md 2.1, 2.2). `blocked` is
 * false, as in live configurations.
 *
 * @param {string} [byFieldKey]
 */
function frameworkDefaults(byFieldKey = "_uid") {
  return {
    cookie: "seerid",
    sesname: "seerses",
    sessecs: 1800,
    path: "/c/",
    idpath: "/cid/",
    tagid: "jstag-csdk",
    byFieldKey,
    delay: 2000,
    qsargs: [],
    payloadQueue: [],
    blocked: false,
    loadid: false,
    ref: true,
    consent: { required: false },
    cookies: { domain: location.hostname },
    send: { pageViewOnFirst: false },
    pageAnalysis: { disabled: false, performPageAnalysis: true, dataLayerPull: { disabled: false } },
    entity: {
      byFieldKey,
      format: "default",
      table: "user",
      preload: false,
      timeout: 5000,
    },
    segments: {
      disabled: false,
      storageKey: "lytics_segments",
      storage: quietly(() => localStorage),
      defaultSegments: ["all"],
    },
  };
}

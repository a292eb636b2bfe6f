/** @import { Condition, Feature, Widget } from "./types" */
import { data } from "./state.js";
import { read, write } from "./storage.js";

/**
 * `weights` is ours: the share of the visitors that see each group, 1 in all; who is in none of them sees nothing.
 * @typedef {{id: string, cookieId: string, groups: Widget[][], type: {groups: number[], groupsNumber: number}, weights?: number[]}} Test
 */

/** @type {Record<string, number[]>} */
const SPLITS = { "50/50": [0.5, 0.5], "80/20": [0.8, 0.2], 100: [1] };

/**
 * `pathfora.ABTest` (widgets.md 4.5).
 * @param {{id: string, type: string, groups: Widget[][], weights?: number[]}} config
 * @returns {Test}
 */
function makeTest(config) {
  if (!config) throw new Error("Config object is missing");
  const { type, weights } = config;
  const groups = weights ?? SPLITS[type];
  if (!groups) throw new Error(`Unknown AB testing type: ${type}`);
  return { ...config, cookieId: `PathforaTest_${config.id}`, type: { groups, groupsNumber: groups.length } };
}

/**
 * Draw the visitor's group of each test. As with the vendor that is the group which is *hidden*; with `weights` it is the one that shows.
 * @param {Test[]} tests
 */
function startTests(tests) {
  const { abTestingGroups } = data;
  for (const { id, cookieId, groups, type, weights } of tests) {
    let drawn = Number(read(cookieId)) || Math.random();
    write(cookieId, drawn);
    const chosen = type.groups.findIndex((share) => (drawn -= share) <= 0);
    groups.forEach((group, index) => {
      for (const widget of group) {
        if (widget.abTest in abTestingGroups) throw new Error(`Widget #${widget.id} is defined in more than one AB test.`);
        widget.abTest = id;
        widget.abTestingGroup = index;
        widget.hiddenViaABTests = (index === chosen) === !weights;
      }
    });
    if (id in abTestingGroups) throw new Error(`AB test with ID=${id} has been already defined.`);
    abTestingGroups[id] = chosen;
  }
}

/** @type {Condition} */
export const abTest = {
  name: "abTest",
  always: true,
  check: (_value, { hiddenViaABTests, abTestingGroup }) => /** @type {any} */ (hiddenViaABTests != null) && [!hiddenViaABTests, abTestingGroup],
};

/** A/B tests. @type {Feature} */
export const abTesting = { api: () => ({ initializeABTesting: startTests, ABTest: makeTest }) };

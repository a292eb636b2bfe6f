/** @import { WidgetsView } from "../types" */
import { element, nothing } from "../dom.js";
import { tree } from "../tree.js";
import { folded } from "./kept.js";

/**
 * What the account still has of the kinds that came before experiences: variations of campaigns, and their A/B tests.
 * @param {WidgetsView["legacy"]} legacy
 */
export function legacyPart(legacy) {
  return folded(element("summary", {}, `Of the older kind: ${legacy.length || "none"}`), () => legacyList(legacy));
}

/** @param {WidgetsView["legacy"]} legacy */
function legacyList(legacy) {
  if (!legacy.length) return nothing("No campaigns or A/B tests of before there were experiences. The vendor has retired them.");
  return element("ul", { class: "plain" }, ...legacy.map(({ id, kind, item }) => element("li", {}, tree(`${kind} ${id}`, item, false))));
}

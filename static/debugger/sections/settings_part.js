import { element, group, nothing } from "../dom.js";
import { tree } from "../tree.js";
import { createKept, placeAll } from "./kept.js";

/**
 * The tag's whole configuration. Each setting is made anew only when it has changed: the queue of what is to be sent is one of
 * them, which changes with every event, and what the reader has opened in the others stays so.
 */
export function createSettingsPart() {
  const kept = createKept();
  const [count, twigs] = [element("span", { class: "hint" }), element("div", { class: "twigs" })];
  const summary = element("summary", {}, element("span", { class: "key" }, "jstag.config"), count);
  const known = group("Configuration", element("details", { class: "branch", open: "" }, summary, twigs));
  const none = group("Configuration", nothing("No tag, so no configuration."));
  return {
    /** @param {Record<string, unknown> | null} settings */
    draw(settings) {
      const all = Object.entries(settings ?? {});
      const size = ` {${all.length}}`;
      if (count.textContent !== size) count.textContent = size;
      placeAll(twigs, all.map(([name, value]) => kept(name, [value], () => tree(name, value))));
      return settings ? known : none;
    },
  };
}

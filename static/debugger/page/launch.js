/** @import { Launch } from "../types" */

const PREFIX = "understudy-";

/**
 * What the page's address asks of the debugger: `understudy-open` (a section), `understudy-filter`, `understudy-persona`,
 * `understudy-show` with `understudy-layout` and `understudy-theme`. They are taken out of the address at once, so that neither
 * the page nor its widgets and events ever see them.
 * @returns {Launch}
 */
export function takeLaunch() {
  const url = new URL(location.href);
  const names = [...url.searchParams.keys()].filter((name) => name.startsWith(PREFIX));
  const taken = Object.fromEntries(names.map((name) => [name.slice(PREFIX.length), url.searchParams.get(name) ?? ""]));
  if (names.length) {
    for (const name of names) url.searchParams.delete(name);
    history.replaceState(history.state, "", url);
  }
  return {
    open: taken["open"] ?? "", filter: taken["filter"] ?? "", persona: taken["persona"] ?? "", show: taken["show"] ?? "", layout: taken["layout"] ?? "", theme: taken["theme"] ?? "",
  };
}

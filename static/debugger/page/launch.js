/** @import { Launch, Signal } from "../types" */

const LAUNCH_PREFIX = "understudy-";

/**
 * What the page's address asks of the debugger: `understudy-open` (a section), `understudy-filter`, `understudy-persona`,
 * `understudy-show` with `understudy-layout` and `understudy-theme`. They are taken out of the address at once, so that neither
 * the page nor its widgets and events ever see them.
 * @returns {Launch}
 */
export function takeLaunch() {
  const url = new URL(location.href);
  const names = [...url.searchParams.keys()].filter((name) => name.startsWith(LAUNCH_PREFIX));
  const taken = Object.fromEntries(names.map((name) => [name.slice(LAUNCH_PREFIX.length), url.searchParams.get(name) ?? ""]));
  if (names.length) {
    for (const name of names) url.searchParams.delete(name);
    history.replaceState(history.state, "", url);
  }
  return {
    open: taken["open"] ?? "", filter: taken["filter"] ?? "", persona: taken["persona"] ?? "", show: taken["show"] ?? "", layout: taken["layout"] ?? "", theme: taken["theme"] ?? "",
  };
}

/**
 * Be the persona that the address names before any other script runs. The server is asked in this very moment: whatever came
 * later would be later than the tag. The name `none` ends a visit.
 * @param {Launch} launch
 * @param {string} base of the server
 * @param {ReturnType<typeof import("./tab_visitor.js").createTabVisitor>} tab
 * @returns {string} what went wrong
 */
export function launchPersona({ persona }, base, tab) {
  if (!persona) return "";
  if (persona === "none") {
    tab.leave();
    return "";
  }
  const request = new XMLHttpRequest();
  try {
    request.open("POST", `${base}api/persona`, false);
    request.setRequestHeader("Content-Type", "application/json");
    request.send(JSON.stringify({ persona }));
    const answer = JSON.parse(request.responseText);
    if (request.status !== 200) return `${persona} could not be put on: ${answer.message}`;
    tab.enter(persona, answer.uid);
    return "";
  } catch (error) {
    return `${persona} could not be put on: ${error instanceof Error ? error.message : error}`;
  }
}

/**
 * Show the widget that the address names, as soon as the page can.
 * @param {Launch} launch
 * @param {Signal} signal
 * @param {(id: string, options: {layout: string, theme: string}) => void} show
 */
export function launchWidget({ show: id, layout, theme }, signal, show) {
  if (!id) return;
  const stop = signal.listen(["decision", "tag", "entity"], () => {
    try {
      show(id, { layout, theme });
      stop();
    } catch {
      return; // not there yet: the next sign of it is waited for
    }
  });
}

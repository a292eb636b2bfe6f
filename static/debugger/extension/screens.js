/** @import { SeenTag } from "./seen_tags.js" */
import { button, element } from "../dom.js";

const HELP_PAGE = "help.html";

/** @param {string} text @param {string} [part] of the page */
export function helpLink(text, part = "") {
  return element("a", { class: "help", href: `${HELP_PAGE}${part}`, target: "_blank" }, text);
}

/**
 * In place of the sections, as long as there is something to do first.
 * @param {string} title
 * @param {string[]} says
 * @param {...Node} acts
 */
function screen(title, says, ...acts) {
  return element("section", { class: "ask", tabindex: "-1" }, element("h3", {}, title), ...says.map((text) => element("p", {}, text)), ...acts);
}

/** @param {() => void} switchOn */
export function offScreen(switchOn) {
  return screen(
    "Understudy is switched off",
    ["It looks into no page and keeps nothing, not even of sites that you have it watch.", "Switching it on loads this page again, so that it sees the page from the first script on."],
    button("main-button", "Switch on", switchOn),
    helpLink("How a site gets a tag", "#tag"),
  );
}

export function unknownScreen() {
  return screen("Which site is in view is not known", ["Press Understudy's button in the browser's toolbar while you are on a page of the site that you want to look at. Pages of the browser itself cannot be looked at."]);
}

/** @param {string} origin @param {SeenTag[] | null} tags @param {() => void} watch */
export function unwatchedScreen(origin, tags, watch) {
  return screen(
    "This site is not watched",
    [
      tagsSaid(tags),
      "The extension sees nothing of a site before you say so, and no other site by that: another port is another site. Watching loads this page again.",
      "A blocker of ads may keep a tag's requests from the network. If some are missing, allow this site in it.",
    ],
    button("main-button", `Watch ${origin}`, watch),
    ...(tags?.length === 0 ? [helpLink("How a site gets a tag", "#tag")] : []),
  );
}

/** @param {string} origin @param {() => void} watch */
export function stoppedScreen(origin, watch) {
  return screen(
    `${origin} is not watched any more`,
    ["Its leave is given back, and what was kept of it is gone. Other tabs of the site keep the extension's scripts, which nobody listens to, until they load again."],
    button("main-button", `Watch ${origin}`, watch),
  );
}

/** @param {SeenTag[] | null} tags */
function tagsSaid(tags) {
  if (!tags) return "Whether this page has a tag is not known: pages of sites that are not watched can be looked into only after a press of the toolbar's button.";
  if (!tags.length) return "There is no tag on this page.";
  return `There is a tag on this page: ${tags.map(({ name, version }) => `window.${name}${version ? `, version ${version}` : ""}`).join("; ")}.`;
}

/** @param {() => void} reload */
export function silentScreen(reload) {
  return screen("The page does not answer", ["It was there before the site was watched, or is gone."], button("main-button", "Reload the page", reload));
}

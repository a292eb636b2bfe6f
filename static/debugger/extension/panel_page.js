import { element } from "../dom.js";
import { styleSheet } from "../styles.js";
import { isSwitchedOn, isWatched } from "./opting.js";
import { createPanelHeader } from "./panel_header.js";
import { panelSheet } from "./panel_styles.js";
import { offScreen, silentScreen, stoppedScreen, unknownScreen, unwatchedScreen } from "./screens.js";
import { seenTags } from "./seen_tags.js";
import { showPage } from "./shown_page.js";
import { createSiteActs } from "./site_acts.js";
import { watchTab } from "./watched_tab.js";

/** @typedef {import("./site_acts.js").InView} InView */

/** The panel beside a page, in the developer tools or in a tab of its own: it asks the page of its tab, and no worker. */
export function startPanelPage() {
  const acts = createSiteActs();
  /** @type {InView} */
  let view = { tab: 0, origin: null };
  const header = createPanelHeader((on) => acts.turn(on, view));
  const main = element("main", {});
  const place = createPlace(main);
  let turn = 0;
  const draw = async (/** @type {InView} */ fresh) => {
    const mine = ++turn;
    view = fresh;
    const { tab, origin } = fresh;
    const [on, watched] = [await isSwitchedOn(), origin !== null && (await isWatched(origin))];
    const tags = on && origin !== null && !watched ? await seenTags(tab) : null;
    if (mine !== turn) return; // something else is in view by now
    header.show(origin, on);
    if (watched && origin !== null) place.show(tab, origin, acts);
    else place.say(tab, on ? askingScreen(fresh, tags, acts) : offScreen(() => acts.turn(true, view)));
  };
  const host = document.createElement("understudy-panel");
  const root = host.attachShadow({ mode: "open" });
  root.adoptedStyleSheets = [styleSheet(), panelSheet()];
  root.append(element("div", { class: "shell" }, header.node, main));
  document.body.append(host);
  void watchTab((tab, origin) => void draw({ tab, origin }).catch(reportError)).catch(reportError);
}

/**
 * @param {InView} view
 * @param {import("./seen_tags.js").SeenTag[] | null} tags
 * @param {ReturnType<typeof createSiteActs>} acts
 */
function askingScreen({ tab, origin }, tags, acts) {
  if (origin !== null) return unwatchedScreen(origin, tags, () => acts.watch(tab, origin));
  const before = acts.stoppedIn(tab);
  return before === null ? unknownScreen() : stoppedScreen(before, () => acts.watch(tab, before));
}

/**
 * Where either the sections are or a screen in their place.
 * @param {HTMLElement} main
 */
function createPlace(main) {
  /** @type {ReturnType<typeof showPage> | null} */
  let shown = null;
  let chosen = "status";
  let said = "";
  // One that says the same stays, with the button that somebody may be about to press.
  const say = (/** @type {number} */ tab, /** @type {HTMLElement} */ screen) => {
    const text = `${tab} ${screen.textContent}`;
    if (!shown && said === text) return;
    said = text;
    chosen = shown?.frame.chosen() ?? chosen;
    shown?.end();
    shown = null;
    const hadFocus = main.matches(":focus-within");
    main.replaceChildren(screen);
    if (hadFocus) screen.focus();
  };
  return {
    say,
    /** @param {number} tab @param {string} origin @param {ReturnType<typeof createSiteActs>} acts */
    show(tab, origin, acts) {
      if (shown?.isAbout(tab, origin)) return;
      chosen = shown?.frame.chosen() ?? chosen;
      shown?.end();
      shown = showPage(tab, origin, () => say(tab, silentScreen(() => acts.reload(tab))), () => acts.stop(tab, origin));
      main.replaceChildren(...shown.nodes);
      shown.frame.choose(chosen);
      shown.frame.setOpen(true);
    },
  };
}

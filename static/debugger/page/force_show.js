/** @import { Sdk, ShowOptions, WidgetConfig } from "../types" */
import { currentSdk, currentTag, pageGlobal } from "./page_globals.js";

/** What a widget has that says nothing else; the SDK lays its defaults on only when it decides on one. */
const DEFAULTS = { layout: "modal", variant: "1", okShow: true, cancelShow: true };
/** The named themes as the SDK has them (widgets.md 9.3), which it too lays on only when it decides. */
const COLOURS = ["background", "headline", "text", "close", "actionBackground", "actionText", "cancelBackground", "cancelText"];
const NAMED_THEMES = { dark: "333333 fefefe b3b3b3 b3b3b3 444444 ffffff 333333 b3b3b3", light: "f1f1f1 444444 595959 666666 ffffff 444444 f1f1f1 666666" };
const HANDLERS = /** @type {const} */ (["onclick", "onmouseenter", "onsubmit", "onkeydown"]);

/** Widgets shown by force, to look at: whatever their conditions say, and without the SDK or the server hearing of it. */
export function createForce() {
  /** @type {HTMLElement | null} */
  let shown = null;
  const hide = () => {
    shown?.remove();
    shown = null;
  };
  return {
    hide,
    /**
     * @param {string} id
     * @param {ShowOptions} options
     */
    show(id, options) {
      const sdk = /** @type {Sdk & Record<string, any>} */ (currentSdk() ?? {});
      if (!sdk["previewWidget"]) throw new Error("The widget SDK on this page cannot show a widget by force: it has no previewWidget().");
      const config = configOf(id);
      if (!config) throw new Error(`The page has no configuration of "${id}": it is not published, or was made by the page itself.`);
      hide();
      const given = Object.fromEntries(Object.entries(options).filter(([, value]) => value));
      const node = /** @type {HTMLElement} */ (sdk["previewWidget"]({ ...DEFAULTS, themes: themeColours(), ...config, ...given }));
      disarm(node);
      node.addEventListener("click", (event) => {
        event.preventDefault();
        if (event.target instanceof Element && event.target.closest(".pf-widget-ok, .pf-widget-cancel, .pf-widget-close")) hide();
      });
      document.body.append(node);
      node.classList.add("opened");
      shown = node;
    },
  };
}

function themeColours() {
  return Object.fromEntries(Object.entries(NAMED_THEMES).map(([name, text]) => {
    const colours = text.split(" ").map((colour, index) => [COLOURS[index], `#${colour}`]);
    return [name, Object.fromEntries(colours)];
  }));
}

/**
 * Take the widget's own handlers away: they would tell the server.
 * @param {HTMLElement} node
 */
function disarm(node) {
  for (const part of [node, .../** @type {NodeListOf<HTMLElement>} */ (node.querySelectorAll("*"))]) {
    for (const handler of HANDLERS) part[handler] = null;
  }
}

/** @param {string} id @returns {WidgetConfig | null} */
function configOf(id) {
  const published = /** @type {{experiences?: import("../types").Candidate[]} | undefined} */ (pageGlobal("_pfacfg"))?.experiences;
  const known = currentTag()?.config?.pathfora?.publish?.candidates?.experiences ?? published ?? [];
  const widgets = [...known, ...(published ?? [])].flatMap(({ widget, inverse }) => (inverse ? [widget, inverse] : [widget]));
  return widgets.find((widget) => widget.id === id) ?? null;
}

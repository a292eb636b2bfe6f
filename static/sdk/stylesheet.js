import { make } from "./dom.js";
import { ask } from "./features.js";
import { warn } from "./log.js";
import { page } from "./page.js";

/** The address of the script that this module is part of; only known while it runs for the first time. */
const scriptUrl = /** @type {HTMLScriptElement | null} */ (document.currentScript)?.src;
/** Nothing is seen of what lies over the page until it has its styles. Any rule for a widget overrides this one. */
const UNSTYLED = ":where(.pf-widget:not(.pf-widget-inline)){position:fixed;visibility:hidden}";

/**
 * Bring in the widgets' rules: a `<link>` at the end of the head, so that ties in the cascade fall as brand styles expect.
 * Where the page's policy blocks it, the same file is fetched and adopted, as those of the features are: no policy forbids that.
 * `window.PathforaCSSIntegrity` is the hash of the only file that may be used, either way. Widgets without any styles are better
 * than none.
 */
export function loadStylesheet() {
  const own = ask("rules").join("");
  const sheet = new CSSStyleSheet();
  sheet.replaceSync(own + UNSTYLED);
  document.adoptedStyleSheets.push(sheet);
  // The page's choice, beside this script, or the vendor's path on the page's own origin.
  const href = page.PathforaCSS || (scriptUrl || "/static/").replace(/[^/]*(\?.*)?$/, "pathfora.min.css");
  const { PathforaCSSIntegrity: integrity } = page;
  const link = make("link", "", { rel: "stylesheet", type: "text/css", integrity, crossorigin: integrity && "anonymous" });
  link.onload = () => sheet.replaceSync(own);
  link.onerror = async () => {
    let rules = "";
    try {
      const response = await fetch(href, { credentials: "omit", integrity });
      if (!response.ok) throw new Error(`status ${response.status}`);
      rules = await response.text();
    } catch (error) {
      warn(`pathfora: no styles from ${href} (${error}); allow it in style-src or set window.PathforaCSS`);
    }
    sheet.replaceSync(own + rules);
  };
  document.head?.append(link);
  // What asks for a file is written down with all that runs: best when the script has ended, and all that runs is this.
  queueMicrotask(() => {
    link.href = href;
  });
}

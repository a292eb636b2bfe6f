import { make } from "./dom.js";
import { warn } from "./log.js";
import { page } from "./page.js";

/** The address of the script that this module is part of; only known while it runs for the first time. */
const scriptUrl = /** @type {HTMLScriptElement | null} */ (document.currentScript)?.src;
/** Nothing is seen of what lies over the page until it has its styles. Any rule for a widget overrides this one. */
const UNSTYLED = ":where(.pf-widget:not(.pf-widget-inline)){position:fixed;visibility:hidden}";

/** Where the stylesheet is: the page's choice, beside this script, or the vendor's path on the page's own origin. */
function stylesheetUrl() {
  return page.PathforaCSS || new URL(scriptUrl ? "pathfora.min.css" : "/static/pathfora.min.css", scriptUrl || location.href).href;
}

/**
 * Add rules in a way that no style policy forbids.
 * @param {string} css
 */
export function adopt(css) {
  const sheet = new CSSStyleSheet();
  sheet.replaceSync(css);
  document.adoptedStyleSheets = [...document.adoptedStyleSheets, sheet];
  return sheet;
}

/**
 * Bring in the widgets' rules: a `<link>` at the end of the head, so that ties in the cascade fall as brand styles expect.
 * Where the page's policy blocks it, the same file is fetched and adopted; rules given as `css` are adopted without asking.
 * `window.PathforaCSSIntegrity` is the hash of the only file that may be used, either way. Widgets without any styles are better
 * than none.
 * @param {string} [css]
 */
export function loadStylesheet(css) {
  const sheet = adopt(css ?? UNSTYLED);
  if (css) return;
  const href = stylesheetUrl();
  const { PathforaCSSIntegrity: integrity = "" } = page;
  const link = make("link", "", { rel: "stylesheet", type: "text/css", href });
  if (integrity) Object.assign(link, { integrity, crossOrigin: "anonymous" });
  link.onload = () => sheet.replaceSync("");
  link.onerror = async () => {
    let rules = "";
    try {
      const response = await fetch(href, { credentials: "omit", integrity });
      if (!response.ok) throw new Error(`status ${response.status}`);
      rules = await response.text();
    } catch (error) {
      warn(`pathfora: no styles from ${href} (${error}); allow it in style-src or set window.PathforaCSS`);
    }
    sheet.replaceSync(rules);
  };
  document.querySelector("head")?.append(link);
}

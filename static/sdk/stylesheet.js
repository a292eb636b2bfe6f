import { make } from "./dom.js";
import { warn } from "./log.js";
import { page } from "./page.js";

/** The address of the script that this module is part of; only known while it runs for the first time. */
const scriptUrl = /** @type {HTMLScriptElement | null} */ (document.currentScript)?.src;

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
}

/**
 * Bring in the widgets' rules: a `<link>` at the end of the head, so that ties in the cascade fall as brand styles expect.
 * Where the page's policy blocks it, the same file is fetched and adopted; rules given as `css` are adopted without asking.
 * `window.PathforaCSSIntegrity` is the hash of the only file that may be used, either way.
 * @param {string} [css]
 */
export function loadStylesheet(css) {
  if (css) {
    adopt(css);
    return;
  }
  const href = stylesheetUrl();
  const integrity = page.PathforaCSSIntegrity;
  const pinned = integrity ? { integrity, crossorigin: "anonymous" } : undefined;
  const link = make("link", "", { rel: "stylesheet", type: "text/css", href, ...pinned });
  link.addEventListener("error", () => adoptFrom(href, integrity));
  document.querySelector("head")?.append(link);
}

/**
 * @param {string} href
 * @param {string} [integrity]
 */
async function adoptFrom(href, integrity) {
  try {
    const response = await fetch(href, { credentials: "omit", ...(integrity && { integrity }) });
    if (!response.ok) throw new Error(`status ${response.status}`);
    adopt(await response.text());
  } catch (error) {
    warn(`pathfora: no styles from ${href} (${error}); allow it in style-src or connect-src, or set window.PathforaCSS`);
  }
}

/** @type {WeakMap<HTMLLinkElement, HTMLLinkElement>} a link and the newer one that is still loading */
const newer = new WeakMap();
/** @type {WeakSet<HTMLLinkElement>} links that are still loading */
const loading = new WeakSet();

/**
 * Put a saved stylesheet in place of the one shown. The old link stays until the new one has loaded, so that the page is
 * never seen without; its place in the cascade is kept.
 * @param {string} href address with a version in its query
 */
export function swapStylesheet(href) {
  const address = new URL(href, location.href);
  for (const link of linksTo(address)) {
    if (loading.has(link)) continue;
    newer.get(link)?.remove();
    const fresh = /** @type {HTMLLinkElement} */ (link.cloneNode());
    const own = new URL(link.href);
    own.searchParams.set("v", address.searchParams.get("v") ?? "");
    fresh.removeAttribute("integrity");
    fresh.disabled = false;
    fresh.href = own.href;
    fresh.addEventListener("load", () => {
      loading.delete(fresh);
      link.remove();
    });
    fresh.addEventListener("error", () => fresh.remove());
    newer.set(link, fresh);
    loading.add(fresh);
    link.after(fresh);
  }
}

/**
 * Switch off a stylesheet whose file is gone; saving it again brings it back.
 * @param {string} href
 */
export function dropStylesheet(href) {
  for (const link of linksTo(new URL(href, location.href))) link.disabled = true;
}

/**
 * The page's links to an address, or to sheets that import it.
 * @param {URL} address
 * @returns {HTMLLinkElement[]}
 */
function linksTo(address) {
  const links = /** @type {NodeListOf<HTMLLinkElement>} */ (document.querySelectorAll('link[rel~="stylesheet"][href]'));
  return [...links].filter((link) => isAt(link.href, address) || imports(link.sheet, address));
}

/**
 * @param {string | null} href
 * @param {URL} address
 */
function isAt(href, address) {
  if (!href) return false;
  const url = new URL(href, location.href);
  return url.origin === address.origin && url.pathname === address.pathname;
}

/**
 * @param {CSSStyleSheet | null} sheet
 * @param {URL} address
 * @returns {boolean}
 */
function imports(sheet, address) {
  try {
    return [...(sheet?.cssRules ?? [])].some(
      (rule) => rule instanceof CSSImportRule && (isAt(rule.styleSheet?.href ?? null, address) || imports(rule.styleSheet, address)),
    );
  } catch {
    return false; // a sheet of another origin keeps its rules to itself
  }
}

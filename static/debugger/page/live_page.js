/**
 * Whether a page must load again because of a file: it is the page shown, or something that it loaded.
 * @param {string} path address without origin; `*` is every page
 */
export function isOnPage(path) {
  if (path === "*") return true;
  const changed = plainPath(path);
  if (plainPath(location.pathname) === changed) return true;
  return performance.getEntriesByType("resource").some((entry) => {
    const url = new URL(entry.name, location.href);
    return url.origin === location.origin && plainPath(url.pathname) === changed;
  });
}

/**
 * One form for the addresses of a page: `/`, `/index` and `/index.html` are the same, and so are `/a` and `/a.html`.
 * @param {string} path
 */
function plainPath(path) {
  return path.replace(/\.html?$/, "").replace(/(^|\/)index$/, "$1").replace(/(.)\/$/, "$1");
}

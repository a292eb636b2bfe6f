/**
 * The value percent-decoded, or as it is where it cannot be.
 * @param {string} text
 */
export function decodeSafe(text) {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}

/**
 * Whether a text still has to be encoded.
 * @param {string} text
 */
export function isNotEncoded(text) {
  return decodeSafe(text) === text && encodeURIComponent(text) !== text;
}

/**
 * Percent-escape what may not stand in a URI, as Latin-1; characters above 255 are left alone (widgets.md 1.6).
 * @param {string} text
 * @param {{usePlus?: boolean, keepEscaped?: boolean}} [options]
 */
export function escapeURI(text, options = {}) {
  return text.replace(/%[\da-f]{2}|[^#:;/?$&+,@=\w.!~*'()-]/gi, (found) => {
    const code = found.charCodeAt(0);
    if ((found[1] && options.keepEscaped) || code > 255) return found;
    if (found === " " && options.usePlus) return "+";
    return `%${code.toString(16).toUpperCase().padStart(2, "0")}${found.slice(1)}`;
  });
}

/**
 * A query string, unencoded: `?a=1&b[]=2&b[]=3` (widgets.md 1.6).
 * @param {Record<string, any>} values
 */
export function constructQueries(values) {
  const pairs = Object.entries(values).flatMap(([key, value]) =>
    typeof value === "object" && value ? Object.entries(value).map(([, item]) => `${key}[]=${item}`) : [`${key}=${value}`],
  );
  return pairs.length ? `?${pairs.join("&")}` : "";
}

/**
 * An absolute form of a URL that a widget may link to or load, or null: no scripts, no data but images.
 * @param {string} value
 * @param {boolean} [image]
 */
export function safeUrl(value, image) {
  try {
    const { protocol } = new URL(value, document.baseURI);
    const web = /^https?:$/.test(protocol);
    return web || (image ? /^\s*(data:image\/|blob:)/i.test(value) : /^(mailto|tel|sms):$/.test(protocol)) ? value : null;
  } catch {
    return null;
  }
}

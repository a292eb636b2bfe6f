/**
 * Put other values in front of some cookies, for the scripts of this page. The browser goes on sending its own.
 * @param {(name: string) => boolean} concerns
 * @param {() => Record<string, string>} values by name, encoded as in a cookie; changed in place by what the page writes
 * @param {() => void} changed
 * @returns {() => void} takes the cover away
 */
export function coverCookies(concerns, values, changed) {
  const native = Object.getOwnPropertyDescriptor(Document.prototype, "cookie");
  const read = () => String(native?.get?.call(document) ?? "");
  Object.defineProperty(document, "cookie", {
    configurable: true,
    enumerable: true,
    get() {
      const others = read().split("; ").filter((pair) => pair && !concerns(nameOf(pair)));
      return [...others, ...Object.entries(values()).map(([name, value]) => `${name}=${value}`)].join("; ");
    },
    set(text) {
      const [pair = "", ...attributes] = String(text).split(/;\s*/);
      const name = nameOf(pair);
      if (!concerns(name)) {
        native?.set?.call(document, text);
        return;
      }
      if (isDeletion(attributes)) delete values()[name];
      else values()[name] = pair.slice(name.length + 1);
      changed();
    },
  });
  return () => {
    Reflect.deleteProperty(document, "cookie");
  };
}

/** @param {string} pair */
function nameOf(pair) {
  return pair.split("=", 1)[0]?.trim() ?? "";
}

/** @param {string[]} attributes */
function isDeletion(attributes) {
  return attributes.some((attribute) => {
    const [name, value = ""] = attribute.split("=");
    if (/^max-age$/i.test(name ?? "")) return Number(value) <= 0;
    return /^expires$/i.test(name ?? "") && Date.parse(value) < Date.now();
  });
}

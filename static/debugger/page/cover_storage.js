/**
 * Put other items in front of some of the local storage's, for the scripts of this page.
 * @param {(key: string) => boolean} concerns
 * @param {() => Record<string, string>} items by key; changed in place by what the page writes
 * @param {() => void} changed
 * @returns {() => void} takes the cover away
 */
export function coverStorage(concerns, items, changed) {
  const native = Object.getOwnPropertyDescriptor(window, "localStorage");
  const real = openStorage();
  if (!native || !real) return () => undefined; // storage is blocked: there is nothing to cover
  const write = (/** @type {string} */ key, /** @type {string | null} */ value) => {
    if (value === null) delete items()[key];
    else items()[key] = value;
    changed();
  };
  const keys = () => [...Object.keys(real).filter((key) => !concerns(key)), ...Object.keys(items())];
  /** @type {Record<string, (...given: any[]) => unknown>} */
  const methods = {
    getItem: (key) => (concerns(`${key}`) ? (items()[`${key}`] ?? null) : real.getItem(key)),
    setItem: (key, value) => (concerns(`${key}`) ? write(`${key}`, `${value}`) : real.setItem(key, value)),
    removeItem: (key) => (concerns(`${key}`) ? write(`${key}`, null) : real.removeItem(key)),
    key: (index) => keys()[index] ?? null,
    clear: () => keys().forEach((key) => methods["removeItem"]?.(key)),
  };
  const storage = new Proxy(real, handlerFor(methods, keys, concerns));
  Object.defineProperty(window, "localStorage", { configurable: true, enumerable: true, get: () => storage });
  return () => {
    Object.defineProperty(window, "localStorage", native);
  };
}

/**
 * @param {Record<string, (...given: any[]) => any>} methods
 * @param {() => string[]} keys
 * @param {(key: string) => boolean} concerns
 * @returns {ProxyHandler<Storage>}
 */
function handlerFor(methods, keys, concerns) {
  const get = (/** @type {string} */ key) => methods["getItem"]?.(key) ?? undefined;
  return {
    get(target, key) {
      if (key === "length") return keys().length;
      if (typeof key === "symbol") return Reflect.get(target, key);
      return methods[key] ?? get(key) ?? (key in Storage.prototype ? Reflect.get(target, key) : undefined);
    },
    set: (_target, key, value) => (methods["setItem"]?.(String(key), value), true),
    deleteProperty: (_target, key) => (methods["removeItem"]?.(String(key)), true),
    has: (target, key) => (typeof key === "string" && concerns(key) ? get(key) !== undefined : Reflect.has(target, key)),
    ownKeys: () => keys(),
    getOwnPropertyDescriptor(target, key) {
      const value = typeof key === "string" ? get(key) : undefined;
      if (value === undefined || Object.hasOwn(methods, key)) return Reflect.getOwnPropertyDescriptor(target, key);
      return { value, configurable: true, enumerable: true, writable: true };
    },
  };
}

function openStorage() {
  try {
    return window.localStorage;
  } catch {
    return null;
  }
}

/** How the debugger's scripts of a page find each other; that it is there says that the first has started. */
const STARTED = Symbol.for("understudy.debugger");

/** Whether this is the first script of ours to start in this page. */
export function takePage() {
  if (Reflect.has(window, STARTED)) return false;
  Object.defineProperty(window, STARTED, { value: {} });
  return true;
}

/**
 * A later script's end: leave what it makes.
 * @param {string} name
 * @param {Function} make
 */
export function leavePart(name, make) {
  const place = Reflect.get(window, STARTED);
  if (place) place[name] = make;
}

/**
 * The first script's end: load another, and take what it leaves. An import, which a page's policy treats as it did this script:
 * it goes by the same nonce or `strict-dynamic`, and Trusted Types have no say in it.
 * @param {string} address
 * @param {string} name
 * @returns {Promise<any>}
 */
export async function fetchPart(address, name) {
  try {
    await import(address);
  } catch {
    throw new Error(`A script of the debugger did not load from ${address}. Is the server still running? Otherwise a policy of the page keeps it away.`);
  }
  return Reflect.get(window, STARTED)[name];
}

/**
 * Make something when it is first wanted, once; what failed is tried again.
 * @template T
 * @param {() => Promise<T>} make
 * @returns {() => Promise<T>}
 */
export function whenWanted(make) {
  /** @type {Promise<T> | null} */
  let made = null;
  return () => {
    made ??= make().catch((error) => {
      made = null;
      throw error;
    });
    return made;
  };
}

/**
 * Put another answer in place of what scripts bring that call back (JSONP). A script is fetched after the observer has heard of it,
 * so the function that it will call can still be changed.
 * @param {(url: string) => boolean} concerns
 * @param {(body: any) => any} rewrite
 * @returns {() => void} stops
 */
export function coverJsonp(concerns, rewrite) {
  const observer = new MutationObserver((records) => {
    for (const node of records.flatMap(({ addedNodes }) => [...addedNodes])) {
      if (node instanceof HTMLScriptElement && node.src && concerns(node.src)) coverCallback(node.src, rewrite);
    }
  });
  observer.observe(document, { childList: true, subtree: true });
  return () => observer.disconnect();
}

/** @param {string} url @param {(body: any) => any} rewrite */
function coverCallback(url, rewrite) {
  const path = (new URL(url).searchParams.get("callback") ?? "").split(".");
  const name = path.pop() ?? "";
  const owner = path.reduce((/** @type {any} */ within, part) => within?.[part], window);
  const native = owner?.[name];
  if (typeof native !== "function") return;
  owner[name] = function (/** @type {unknown} */ body) {
    return Reflect.apply(native, this, [rewrite(body)]);
  };
}

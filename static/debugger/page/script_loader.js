/** @type {{createScriptURL(url: string): string} | null | undefined} */
let scriptUrls;

/**
 * Load and run a script once; the element is removed afterwards. Rejects with what to change when it cannot run.
 * @param {string} url
 * @returns {Promise<void>}
 */
export function runScript(url) {
  return new Promise((resolve, reject) => {
    const script = document.createElement("script");
    const nonce = /** @type {HTMLElement | null} */ (document.querySelector("script[nonce]"))?.nonce;
    if (nonce) script.nonce = nonce;
    script.onload = () => resolve(script.remove());
    script.onerror = () => {
      script.remove();
      reject(new Error(`${url} did not load; reload the page to see the change`));
    };
    try {
      script.src = trustedUrl(url);
    } catch {
      reject(new Error(`the page's policy forbids ${url}; add "trusted-types understudy-debugger" or reload the page`));
      return;
    }
    document.head.append(script);
  });
}

/**
 * The address in the form that `require-trusted-types-for 'script'` asks for, where the page lets us make it.
 * @param {string} url
 * @returns {string}
 */
function trustedUrl(url) {
  const types = /** @type {any} */ (window).trustedTypes;
  if (scriptUrls === undefined) {
    try {
      scriptUrls = types?.createPolicy("understudy-debugger", { createScriptURL: (/** @type {string} */ text) => text }) ?? null;
    } catch {
      scriptUrls = null;
    }
  }
  return scriptUrls ? scriptUrls.createScriptURL(url) : url;
}

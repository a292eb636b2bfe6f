/**
 * Adding script elements, also where the page's policy asks for a nonce or for Trusted Types.
 *
 * Under `require-trusted-types-for 'script'` the URL passes through a policy named `understudy`, which the page's
 * `trusted-types` directive must allow. Where it does not, the load fails with a message that names the directive.
 */

import { add, pinned } from "./nodes.js";

/** @type {{createScriptURL(url: string): string} | undefined} */
let trusted;

/**
 * @param {string} src
 * @param {() => void} onload
 * @param {(problem: string) => void} failure
 * @param {string} [integrity] hash of the only file that may run
 * @returns {HTMLScriptElement | undefined}
 */
export function loadScript(src, onload, failure, integrity) {
  try {
    return add("script", {
      nonce: /** @type {HTMLElement | null} */ (document.querySelector("script[nonce]"))?.nonce,
      onload,
      onerror: () => failure(`${src} could not be loaded`),
      ...pinned(integrity),
      src: scriptUrl(src),
    });
  } catch (error) {
    failure(`${src}: ${error}: allow "trusted-types understudy"`);
    return undefined;
  }
}

/**
 * @param {string} src
 * @returns {string}
 */
function scriptUrl(src) {
  const types = /** @type {any} */ (window).trustedTypes;
  if (!trusted && types) {
    try {
      trusted = types.createPolicy("understudy", { createScriptURL: (/** @type {string} */ url) => url });
    } catch {
      return src; // The directive does not list us: a page that only restricts names still takes a plain string.
    }
  }
  return trusted ? trusted.createScriptURL(src) : src;
}

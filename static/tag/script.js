/**
 * Adding script elements, also where the page's policy asks for a nonce or for Trusted Types.
 *
 * Under `require-trusted-types-for 'script'` the URL passes through a policy named `understudy`, which the page's
 * `trusted-types` directive must allow. Where it does not, the load fails with a message that names the directive.
 */

/** @type {{createScriptURL(url: string): string} | undefined} */
let trusted;

/**
 * @param {string} src
 * @param {() => void} success
 * @param {(problem: string) => void} failure
 * @param {string} [integrity] hash of the only file that may run
 */
export function loadScript(src, success, failure, integrity) {
  const script = document.createElement("script");
  script.async = true;
  script.nonce = /** @type {HTMLElement | null} */ (document.querySelector("script[nonce]"))?.nonce;
  if (integrity) Object.assign(script, { integrity, crossOrigin: "anonymous" });
  script.onload = success;
  script.onerror = () => failure(`${src} could not be loaded: see the network log, and the page's script-src`);
  try {
    script.src = scriptUrl(src);
    (document.head || document.documentElement).append(script);
  } catch (error) {
    failure(`${src} was refused (${error}): allow the policy in the page's header, "trusted-types understudy"`);
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

/**
 * What the page and the session say about a visit (tag.md 5.3): carried by `pageView` always, by the automatic event
 * once a page, and by the first entity request.
 *
 * `_sesstart` goes out once a session. An analysis whose result is not sent, as in the standard installation with
 * `dataLayerPull.disabled`, does not use it up: the `pageView` that follows still carries it.
 * The order of the automatic event and an explicit `pageView` is UNKNOWN; here the automatic one is sent during
 * `init`, as a plain `send` (its `_e=pv` comes from `send.pageViewOnFirst`), once for each address of the page.
 */

import { pageHref, withoutProtocol } from "../automatic_fields.js";
import { readCookie } from "../cookie_jar.js";

/** @import { PluginBody, Tree } from "../types.js" */

/** @type {PluginBody} */
export function pageAnalysis(plugin, instance) {
  plugin.ns("pageAnalysis").defaults({
    pageAnalysis: { disabled: false, performPageAnalysis: true, dataLayerPull: { disabled: false } },
  });
  let sessionIsNew = false;
  let cookiesWork = true;
  let analysed = "";
  let pulled = false;

  /**
   * @param {boolean} toSend
   * @returns {Tree}
   */
  function pageData(toSend) {
    const { sesname, sessecs } = plugin.config();
    if (cookiesWork && !readCookie(sesname)) sessionIsNew = true;
    instance.setCookie(sesname, "e", sessecs);
    cookiesWork = readCookie(sesname) === "e";
    const data = analyse(plugin.config(), sessionIsNew);
    if (toSend) sessionIsNew = false;
    // Later: `init` makes the first analysis, and only then does a snippet replay the page's `on`.
    queueMicrotask(() => plugin.emit("pageAnalysis", data));
    return data;
  }

  const isPulled = () => !plugin.options().dataLayerPull.disabled && !plugin.options().disabled;

  plugin
    .extend("pageData", pageData)
    .method("pageAnalysis", () => instance.send(pageData(true)))
    .contribute((blank) => {
      if (!pulled && isPulled()) Object.assign(blank, analyse(plugin.config(), sessionIsNew));
      pulled = true;
    })
    .ready(() => {
      const href = pageHref(plugin.config());
      if (plugin.options().performPageAnalysis === false || href === analysed) return;
      analysed = href;
      if (isPulled() && plugin.config().cid.length) instance.pageAnalysis();
      else pageData(false);
    });
}

/**
 * @param {Tree} config
 * @param {boolean} sessionIsNew
 * @returns {Tree}
 */
function analyse(config, sessionIsNew) {
  const from = referrer();
  return {
    ...(sessionIsNew && { _sesstart: 1 }),
    ...(from && { _ref: from }),
    ...(from && sessionIsNew && { _sesref: from }),
    _tz: Math.trunc(-new Date().getTimezoneOffset() / 60),
    _ul: navigator.language,
    _sz: `${screen.width}x${screen.height}`,
    ...campaign(config),
  };
}

/** The page that led here, without protocol, unless it is on this host. */
function referrer() {
  const from = document.referrer;
  return from && new URL(from).host !== location.host ? withoutProtocol(from) : "";
}

/**
 * Query values: all `utm_*`, and those named by `config.qsargs`. Of a repeated one the last counts.
 *
 * @param {Tree} config
 */
function campaign(config) {
  const { searchParams } = new URL(pageHref(config), location.href);
  const wanted = [...searchParams].filter(([key]) => /^utm_/.test(key) || config.qsargs.includes(key));
  return Object.fromEntries(wanted);
}

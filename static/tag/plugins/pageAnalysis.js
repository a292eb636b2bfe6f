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
import { emit, on } from "../emitter.js";
import { expose, tag } from "../methods.js";
import { contributors } from "../plugin.js";
import { config, options } from "../settings.js";

/** @import { Tree } from "../types.js" */

let sessionIsNew = false;
/** When the session cookie goes that this page has written; where cookies are closed, it counts alone. */
let sessionEnds = 0;
let analysed = "";
let pulled = false;

/**
 * @param {boolean} [toSend] whether the answer goes out with an event
 * @returns {Tree}
 */
export function pageData(toSend) {
  const { sesname, sessecs } = config();
  const now = Date.now();
  if (now >= sessionEnds && !readCookie(sesname)) sessionIsNew = true;
  tag.setCookie(sesname, "e", sessecs);
  sessionEnds = now + sessecs * 1000;
  const data = analyse();
  if (toSend) sessionIsNew = false;
  // Later: `init` makes the first analysis, and only then does a snippet replay the page's `on`.
  queueMicrotask(() => emit("pageAnalysis", data));
  return data;
}

/** The next visit of this page is one of a new session, unless its cookie is still there. */
export function endSession() {
  sessionEnds = 0;
}

function isPulled() {
  const { disabled, dataLayerPull } = options("pageAnalysis");
  return !disabled && !dataLayerPull.disabled;
}

export function pageAnalysis() {
  expose({ pageAnalysis: () => tag.send(pageData(true)) });
  contributors.push((blank) => {
    if (!pulled && isPulled()) Object.assign(blank, analyse());
    pulled = true;
  });
  on("lifecycle.setup.done", () => {
    const { disabled, performPageAnalysis } = options("pageAnalysis");
    if (disabled || !performPageAnalysis || pageHref() === analysed) return;
    analysed = pageHref();
    if (isPulled() && config().cid.length) tag.pageAnalysis();
    else pageData();
  });
}

/** @returns {Tree} */
function analyse() {
  const { referrer } = document;
  const from = referrer && new URL(referrer).host !== location.host && withoutProtocol(referrer);
  // Query values: all `utm_*`, and those named by `config.qsargs`. Of a repeated one the last counts.
  const query = [...new URL(pageHref(), /** @type {any} */ (location)).searchParams].filter(
    ([key]) => /^utm_/.test(key) || config().qsargs.includes(key),
  );
  return {
    ...(sessionIsNew && { _sesstart: 1 }),
    ...(from && { _ref: from }),
    ...(from && sessionIsNew && { _sesref: from }),
    _tz: Math.trunc(-new Date().getTimezoneOffset() / 60),
    _ul: navigator.language,
    _sz: `${screen.width}x${screen.height}`,
    ...Object.fromEntries(query),
  };
}

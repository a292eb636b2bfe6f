/** @import { Condition, Widget } from "./types" */
import { awaitAccount } from "./account.js";
import { make } from "./dom.js";
import { getObjectValue, setObjectValue } from "./objects.js";
import { page } from "./page.js";
import { dependencies, parts } from "./state.js";
import { buildText } from "./text.js";

const TEMPLATE = /{{(.*?)}}/g;
const CALLBACK = "confirmAction.callback";

/**
 * The paths of a widget's values that have templates (widgets.md 4.7).
 * @param {Widget} widget
 */
function templated(widget) {
  return ["msg", "headline", "image", CALLBACK].filter((path) => String(getObjectValue(widget, path)).match(TEMPLATE));
}

/**
 * A value as text, wherever it goes: never markup, and never the end of a quoted text in code.
 * @param {unknown} value
 * @param {string} path
 */
function asText(value, path) {
  const code = path === CALLBACK;
  if (!code && (path === "image" || typeof buildText("&") === "string")) return String(value);
  return String(value).replace(code ? /[^\w .-]/g : /[&<>"'=]/g, (found) => {
    const number = found.charCodeAt(0).toString(16);
    return code ? `\\u{${number}}` : `&#x${number};`;
  });
}

/**
 * A function from its source, as a script with the nonce of the page's own; undefined where the page's policy forbids that.
 * @param {string} source
 */
function revive(source) {
  const nonce = /** @type {HTMLScriptElement | null} */ (document.querySelector("script[nonce]"))?.nonce;
  const script = /** @type {any} */ (make("script", "", { nonce }, [`document.currentScript.callback=${source}`]));
  document.head.append(script);
  script.remove();
  return script.callback;
}

/**
 * Profile fields in texts: `{{path|default}}`. They are filled in on the merged widget; null is as good as missing. Callbacks find the
 * values in `payload.config.entityFields` too, whatever the page's policy.
 * @type {Condition}
 */
export const fields = {
  name: "fields",
  always: true,
  prepare: ({ widget }, next) => (templated(widget)[0] ? awaitAccount(widget, next) : next()),
  check: (_value, widget) => {
    const found = templated(widget);
    if (!found[0]) return;
    const known = ((dependencies[widget.id] ??= {}).entityField ??= []);
    const user = page.lio?.data ?? page.jstag?.getEntity?.()?.data?.user;
    /** @type {string[]} */
    const missing = [];
    /** @type {Record<string, unknown>} */
    const values = (widget.entityFields = {});
    for (const path of found) {
      const source = getObjectValue(widget, path);
      const text = String(source).replace(TEMPLATE, (_, inner) => {
        const [name, other] = inner.trim().split(/\s*\|\s*/);
        const value = getObjectValue(user, name) ?? getObjectValue(parts.pathfora.customData, name);
        known.push(name);
        values[name] = value ?? other;
        if (value != null) return asText(value, path);
        if (other === undefined) missing.push(name);
        return other ?? "";
      });
      setObjectValue(widget, path, path === CALLBACK ? (revive(text) ?? source) : text);
    }
    return [!missing.length || widget.displayConditions.showOnMissingFields === true, { missing }];
  },
};

/** Looked at above. @type {Condition} */
export const showOnMissingFields = { name: "showOnMissingFields" };

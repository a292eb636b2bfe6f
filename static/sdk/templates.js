/** @import { Condition, Widget } from "./types" */
import { awaitAccount } from "./account.js";
import { make } from "./dom.js";
import { getObjectValue, setObjectValue } from "./objects.js";
import { page } from "./page.js";
import { dependencies, parts } from "./state.js";
import { buildText } from "./text.js";

const TEMPLATE = /\{{2}(.*?)\}{2}/g;
const CALLBACK = "confirmAction.callback";
/** Only known while the script runs for the first time. */
const nonce = document.currentScript?.nonce ?? "";

/**
 * The paths of a widget's values that have templates, with their sources (widgets.md 4.7).
 * @param {Widget} widget
 */
function templated(widget) {
  return ["msg", "headline", "image", CALLBACK]
    .map((path) => /** @type {const} */ ([path, String(getObjectValue(widget, path))]))
    .filter(([, source]) => source.match(TEMPLATE));
}

/**
 * A value as text, wherever it goes: never markup, and never the end of a quoted text in code.
 * @param {unknown} value
 * @param {string} path
 */
function asText(value, path) {
  const text = String(value);
  if (path === CALLBACK) return text.replace(/[^\w .-]/g, (found) => `\\u${found.charCodeAt(0).toString(16).padStart(4, "0")}`);
  return path === "image" || !buildText("") ? text : text.replace(/[&<>"']/g, (found) => `&#${found.charCodeAt(0)};`);
}

/**
 * A function from its source, as a script with the nonce that the page gave this one; undefined where its policy forbids that.
 * @param {string} source
 */
function revive(source) {
  const script = make("script", "", { nonce }, [`pathfora.revived=${source}`]);
  document.head.append(script);
  script.remove();
  const { revived } = parts.pathfora;
  delete parts.pathfora.revived;
  return revived;
}

/**
 * Profile fields in texts: `{{path|default}}`. They are filled in on the merged widget; null is as good as missing. Callbacks find the
 * values in `payload.config.entityFields` too, whatever the page's policy.
 * @type {Condition}
 */
export const fields = {
  name: "fields",
  always: true,
  prepare: ({ widget }, next) => (templated(widget).length ? awaitAccount(widget, next) : next()),
  check: (_value, widget) => {
    const found = templated(widget);
    if (!found.length) return;
    const known = (dependencies[widget.id] ??= {});
    const user = page.lio?.data ?? page.jstag?.getEntity?.()?.data?.user;
    /** @type {string[]} */
    const missing = [];
    widget.entityFields = {};
    for (const [path, source] of found) {
      const text = source.replace(TEMPLATE, (_, inner) => {
        const [name, other] = inner.split("|").map((/** @type {string} */ part) => part.trim());
        const value = getObjectValue(user, name) ?? getObjectValue(parts.pathfora.customData, name);
        known.entityField = [...(known.entityField ?? []), name];
        widget.entityFields[name] = value ?? other;
        if (value != null) return asText(value, path);
        if (other === undefined) missing.push(name);
        return other ?? "";
      });
      const filled = path === CALLBACK ? revive(text) : text;
      if (filled != null) setObjectValue(widget, path, filled);
    }
    return [!missing.length || widget.displayConditions.showOnMissingFields === true, { missing }];
  },
};

/** Looked at above. @type {Condition} */
export const showOnMissingFields = { name: "showOnMissingFields" };

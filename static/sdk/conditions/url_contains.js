/** @import { Condition } from "../types" */
import { note } from "../log.js";
import { escapeURI } from "../uri.js";

/** @param {unknown} text */
function escapedText(text) {
  return escapeURI(String(text), { keepEscaped: true });
}

/** @param {string} text */
function unslashed(text) {
  return text.replace(/\/$/, "");
}

/**
 * An address up to its query, and the query's pairs by name: what has no `=` is dropped, and so is the vendor's preview parameter.
 * @param {string} url
 * @returns {[string, Map<string, string>]}
 */
function splitUrl(url) {
  const base = /** @type {string} */ (url.split("?", 1)[0]);
  const pairs = url.slice(base.length + 1).matchAll(/(?<=^|&)(?!lytics_variation_preview_id=)([^=&]*)=([^&]*)/g);
  return [base, new Map([...pairs].map((pair) => /** @type {[string, string]} */ (pair.slice(1))))];
}

/**
 * Whether a rule of the older kind, or one that names no other way, holds: a part of the address, with the query's pairs in any
 * order; or the whole address, whose fragment counts only where the rule names one.
 * @param {string} text
 * @param {boolean} exact
 * @param {boolean} legacy
 */
function compare(text, exact, legacy) {
  const url = escapedText(exact && !text.includes("#") ? location.href.replace(/#.*/, "") : location.href);
  const [base, wanted] = splitUrl(text);
  const [address, found] = splitUrl(url);
  const { size } = wanted;
  const covers = [...wanted].every(([name, value]) => found.get(name) === value);
  if (!exact) return size || legacy ? url.includes(base) && covers : url.includes(text);
  return size ? unslashed(address) === unslashed(base) && size === found.size && covers : unslashed(url) === unslashed(text);
}

/**
 * Whether one rule holds; an invalid pattern throws.
 * @param {any} rule
 */
function matches(rule) {
  const legacy = typeof rule === "string";
  const value = legacy ? rule : rule?.match && rule.value;
  if (!legacy && !value) {
    note("invalid display conditions");
    return false;
  }
  const { match } = rule;
  if (match === "regex") return new RegExp(value).test(escapedText(location.href));
  const text = escapedText(value);
  if (match === "simple") return unslashed(location.hostname + location.pathname) === unslashed(text);
  return compare(text, match === "exact", legacy);
}

/** The page's address: any rule, and no excluding rule; `"*"` is every address, whatever is excluded (widgets.md 3.10). @type {Condition} */
export const urlContains = {
  name: "urlContains",
  check: (required) => {
    /** @type {any[]} */
    const rules = Object.entries(required).map(([, rule]) => rule);
    const wanted = rules.filter((rule) => !rule?.exclude);
    const unwanted = rules.filter((rule) => rule?.exclude);
    const pass = rules.includes("*") || ((!wanted.length || wanted.some(matches)) && !unwanted.some(matches));
    return [pass, location.href];
  },
};

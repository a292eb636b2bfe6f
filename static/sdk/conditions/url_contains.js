/** @import { Condition } from "../types" */
import { note } from "../log.js";
import { escapeURI } from "../uri.js";

/** @typedef {string | {match?: string, value?: string | RegExp, exclude?: boolean}} UrlRule */

/**
 * The pairs of a query, by name; what has no `=` is dropped, and so is the vendor's preview parameter.
 * @param {string} url
 */
function queryOf(url) {
  const at = url.indexOf("?");
  /** @type {Map<string, string>} */
  const pairs = new Map();
  if (at < 0) return pairs;
  for (const pair of url.slice(at + 1).split("&")) {
    const cut = pair.indexOf("=");
    if (cut >= 0 && !pair.startsWith("lytics_variation_preview_id=")) pairs.set(pair.slice(0, cut), pair.slice(cut + 1));
  }
  return pairs;
}

/** @param {string} url */
function baseOf(url) {
  return url.split("?", 1)[0] ?? "";
}

/** @param {string} text */
function unslashed(text) {
  return text.replace(/\/$/, "");
}

/**
 * Whether the page's query has all these pairs.
 * @param {Map<string, string>} wanted
 * @param {Map<string, string>} found
 */
function covers(wanted, found) {
  return [...wanted].every(([name, value]) => found.get(name) === value);
}

/**
 * The whole address; its fragment counts only where the rule names one.
 * @param {string} value
 * @param {string} url
 */
function exact(value, url) {
  const address = value.includes("#") ? url : (url.split("#", 1)[0] ?? "");
  const wanted = queryOf(value);
  if (wanted.size && unslashed(baseOf(value)) === unslashed(baseOf(address))) {
    const found = queryOf(address);
    return wanted.size === found.size && covers(wanted, found);
  }
  return unslashed(address) === unslashed(value);
}

/**
 * A part of the address, with the query's pairs in any order.
 * @param {string} value
 * @param {string} url
 */
function substring(value, url) {
  const wanted = queryOf(value);
  return wanted.size && url.includes(baseOf(value)) ? covers(wanted, queryOf(url)) : url.includes(value);
}

/**
 * Whether one rule holds; an invalid pattern throws.
 * @param {UrlRule} rule
 * @param {string} url escaped
 */
function matches(rule, url) {
  if (typeof rule === "string") {
    const text = escapeURI(rule, { keepEscaped: true });
    return url.includes(baseOf(text)) && covers(queryOf(text), queryOf(url));
  }
  if (!rule?.match || !rule.value) {
    note("invalid display conditions");
    return false;
  }
  if (rule.match === "regex") return new RegExp(rule.value).test(url);
  const value = escapeURI(String(rule.value), { keepEscaped: true });
  if (rule.match === "simple") return unslashed(location.hostname + location.pathname) === unslashed(value);
  return rule.match === "exact" ? exact(value, url) : substring(value, url);
}

/**
 * Any rule, and no excluding rule; `"*"` is every address, whatever is excluded (widgets.md 3.10).
 * @param {UrlRule[]} rules
 * @param {string} url
 */
function decideUrl(rules, url) {
  if (rules.includes("*")) return true;
  const excludes = rules.filter((rule) => typeof rule === "object" && rule?.exclude);
  const includes = rules.filter((rule) => !excludes.includes(rule));
  const found = includes.map((rule) => matches(rule, url)).includes(true);
  const excluded = excludes.map((rule) => matches(rule, url)).includes(true);
  return (found || !includes.length) && !excluded;
}

/** The page's address (widgets.md 3.10). @type {Condition} */
export const urlContains = {
  name: "urlContains",
  check: (required) => {
    const actual = location.href;
    const rules = /** @type {UrlRule[]} */ (Object.values(required));
    try {
      return [decideUrl(rules, escapeURI(actual, { keepEscaped: true })), actual];
    } catch (error) {
      return [false, String(error)];
    }
  },
};

import { element } from "./dom.js";

const LONG = 160;
const MANY = 200;

/**
 * A value as a tree that the keyboard can open; branches are read when they are opened, so cycles do no harm.
 * @param {string} name
 * @param {unknown} value
 * @param {boolean} [open]
 * @returns {HTMLElement}
 */
export function tree(name, value, open = false) {
  if (!isBranch(value)) {
    return element("div", { class: "leaf" }, element("span", { class: "key" }, `${name}: `), leafText(value));
  }
  const summary = element("summary", {}, element("span", { class: "key" }, name), element("span", { class: "hint" }, ` ${sizeOf(value)}`));
  const node = element("details", { class: "branch" }, summary);
  const fill = () => {
    if (!node.open || node.childElementCount > 1) return;
    node.append(element("div", { class: "twigs" }, ...twigs(value)));
  };
  node.addEventListener("toggle", fill);
  node.open = open;
  fill();
  return node;
}

/**
 * A value on one line.
 * @param {unknown} value
 */
export function brief(value) {
  if (value === undefined || value === null) return "–";
  if (typeof value === "string") return clipped(value);
  return clipped(typeof value === "object" ? safeJson(value) : String(value));
}

/**
 * A value as one would say it: lists with commas, mappings as names and values, and nothing for what is not set.
 * @param {unknown} value
 * @returns {string}
 */
export function inWords(value) {
  if (value === null || typeof value !== "object") return brief(value);
  const named = (/** @type {[string, unknown]} */ [name, item]) => `${name} ${isBranch(item) ? `(${inWords(item)})` : inWords(item)}`;
  const parts = Array.isArray(value) ? value.map(inWords) : Object.entries(value).filter(([, item]) => item != null).map(named);
  return parts.join(", ") || "none";
}

/** @param {object} value */
function twigs(value) {
  let names;
  try {
    names = Object.keys(value);
  } catch {
    return [element("div", { class: "leaf hint" }, "not readable from here")];
  }
  const shown = names.slice(0, MANY).map((name) => tree(name, memberOf(value, name)));
  const rest = names.length - shown.length;
  if (rest > 0) shown.push(element("div", { class: "leaf hint" }, `and ${rest} more`));
  return shown.length ? shown : [element("div", { class: "leaf hint" }, "empty")];
}

/**
 * @param {object} value
 * @param {string} name
 * @returns {unknown}
 */
function memberOf(value, name) {
  try {
    return Reflect.get(value, name);
  } catch (error) {
    return `(${error})`;
  }
}

/**
 * @param {unknown} value
 * @returns {value is object}
 */
function isBranch(value) {
  return typeof value === "object" && value !== null && !(value instanceof Node) && !(value instanceof Date);
}

/** @param {object} value */
function sizeOf(value) {
  if (Array.isArray(value)) return `[${value.length}]`;
  try {
    return `{${Object.keys(value).length}}`;
  } catch {
    return "{…}";
  }
}

/** @param {unknown} value */
function leafText(value) {
  const kind = value === null ? "null" : typeof value;
  return element("span", { class: `value ${kind}` }, kind === "string" ? JSON.stringify(clipped(String(value))) : describeLeaf(value));
}

/** @param {unknown} value */
function describeLeaf(value) {
  if (typeof value === "function") return `ƒ ${value.name || "function"}`;
  if (value instanceof Element) return `<${value.localName}>`;
  return String(value);
}

/** @param {unknown} value */
function safeJson(value) {
  try {
    return JSON.stringify(value) ?? String(value);
  } catch {
    return "(an object)";
  }
}

/** @param {string} text */
function clipped(text) {
  return text.length > LONG ? `${text.slice(0, LONG)}…` : text;
}

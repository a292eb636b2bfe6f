/** @import { LogEntry } from "../types" */
import { brief } from "../tree.js";
import { BLANK_LINE } from "./call_log.js";

export const BUNDLE = "understudy-session";
const WHICH_FILE = 'Choose a file that "Save session" has made.';

/**
 * The lines of a session that was saved; throws when it is something else, or was damaged on its way.
 * @param {string} text
 * @returns {LogEntry[]}
 */
export function readBundle(text) {
  const bundle = bundleOf(text);
  if (bundle?.kind !== BUNDLE || !Array.isArray(bundle.log)) throw new Error(`This file is no session that was saved here. ${WHICH_FILE}`);
  return bundle.log.map(lineOfBundle);
}

/** @param {string} text */
function bundleOf(text) {
  try {
    return JSON.parse(text);
  } catch (error) {
    throw new Error(`It is no JSON, or not all of it: ${error instanceof Error ? error.message : error}. ${WHICH_FILE}`);
  }
}

/** @param {Partial<LogEntry>} given @param {number} index @returns {LogEntry} */
function lineOfBundle(given, index) {
  const line = { ...BLANK_LINE, ...given, key: index + 1, rev: index + 1 };
  const wrong = given === null || typeof given !== "object" ? "itself" : Object.keys(BLANK_LINE).find((name) => !isOfItsKind(name, Reflect.get(line, name)));
  if (wrong) throw new Error(`Line ${index + 1} of its log is not right: ${wrong} is ${brief(wrong === "itself" ? given : Reflect.get(line, wrong))}. ${WHICH_FILE}`);
  return line;
}

/** Whether a value is of the kind that its part of a line is; what may be null may be of any other kind that can be shown. @param {string} name @param {any} value */
function isOfItsKind(name, value) {
  if (name === "url") return value === "" || (typeof value === "string" && URL.canParse(value));
  if (name === "time") return !Number.isNaN(new Date(value).getTime()) && typeof value === "number";
  if (name === "data") return true;
  if (name === "stored") return value === null || (typeof value === "object" && !Array.isArray(value));
  if (name === "body") return value === null || typeof value === "string";
  const blank = Reflect.get(BLANK_LINE, name);
  return blank === null ? value === null || typeof value === "number" : typeof value === typeof blank;
}

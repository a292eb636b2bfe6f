/** @import { CallKind } from "../types" */

/**
 * What a request is for, by its address: the vendor extension's seven kinds in its order (debugger.md 3), then those that it
 * leaves out. A plain text has to be part of the address; `own` addresses could be any site's, so the host has to be known too.
 * @type {{kind: CallKind, part: RegExp, label: string, says: string, own?: boolean}[]}
 */
const KINDS = [
  { kind: "tag", part: /\/api\/tag\//, label: "Load tag", says: "The tag's script was loaded." },
  { kind: "profile", part: /\/api\/personalize\//, label: "Load profile", says: "The visitor's profile was asked for." },
  { kind: "collect", part: /\/c\//, label: "Collect data", says: "Data was sent about the visitor.", own: true },
  { kind: "sdk", part: /\/static\/pathfora(\.min)?\.js|\/__understudy__\/sdk\//, label: "Load widget SDK", says: "The widget SDK was loaded." },
  { kind: "css", part: /\/static\/pathfora(\.min)?\.css/, label: "Load widget styles", says: "The widgets' stylesheet was loaded." },
  { kind: "experiences", part: /\/experience\/candidate/, label: "Load experiences", says: "The published experiences were loaded." },
  { kind: "campaigns", part: /\/api\/program\/campaign\/config/, label: "Load campaigns", says: "Campaigns of the older kind were loaded; the vendor has retired them." },
  { kind: "preview", part: /\/api\/experience\/preview\/|\/variation\/preview\//, label: "Load preview", says: "An experience that is not published was loaded to look at." },
  { kind: "recommend", part: /\/api\/content\/recommend/, label: "Recommend", says: "Recommendations were asked for." },
  { kind: "content", part: /\/content\/(entity|doc)\//, label: "Content", says: "What is known of a document was asked for." },
  { kind: "id", part: /\/cid\//, label: "Visitor id", says: "A visitor id was asked for that other sites share.", own: true },
];

const ANY_PART = new RegExp(KINDS.map(({ part }) => part.source).join("|"));

/**
 * Whether an address may be of the vendor's or ours: quickly, for all that a page asks for.
 * @param {string} text
 */
export function mayBeCall(text) {
  return text.includes("lytics.io") || ANY_PART.test(text) || !/^https?:/i.test(text); // what is relative may become one
}

/**
 * The kind of a request, or null when it is none of the vendor's and none of ours.
 * @param {URL} url
 * @param {Set<string>} hosts of the tag and of this server
 * @returns {CallKind | null}
 */
export function kindOfCall(url, hosts) {
  if (!/^https?:$/.test(url.protocol)) return null;
  const vendor = /(^|\.)lytics\.io$/.test(url.hostname);
  const known = vendor || hosts.has(url.host);
  const found = KINDS.find(({ part, own }) => part.test(url.href) && (known || !own));
  return found?.kind ?? (vendor ? "other" : null);
}

/** @type {Record<string, [string, string]>} */
const FURTHER = {
  other: ["Other", "A request to the vendor's hosts."],
  stored: ["Stored", "The server stored an event that this log did not see being sent."],
  note: ["Note", "What the tag said it did."],
};

/** @param {string} kind */
export function labelOfKind(kind) {
  return KINDS.find((one) => one.kind === kind)?.label ?? FURTHER[kind]?.[0] ?? kind;
}

/** @param {string} kind */
export function sentenceOfKind(kind) {
  return KINDS.find((one) => one.kind === kind)?.says ?? FURTHER[kind]?.[1] ?? "";
}

/** @type {CallKind[]} */
export const KINDS_OF_LINES = [...KINDS.map(({ kind }) => kind), "other", "stored", "note"];

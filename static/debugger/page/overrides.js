/** @import { Overrides, Signal, Tag } from "../types" */
import { currentTag } from "./page_globals.js";

/** The one key under which a tab keeps what it pretends; it is there only while something is. */
const PRETENDED = "understudy:overrides";
/** @type {Overrides} */
const TRUTH = { enter: [], leave: [], fields: {}, consent: null };

/**
 * What this tab pretends of the visitor. The page is answered another profile than the server sent, so that tag and widgets work
 * as ever; nothing is stored on the server.
 * @param {Signal} signal
 */
export function createOverrides(signal) {
  let current = read();
  const isOn = () => JSON.stringify(current) !== JSON.stringify(TRUTH);
  return {
    view: () => current,
    isOn,
    /** @param {Partial<Overrides>} patch */
    set(patch) {
      current = { ...current, ...patch };
      keep(isOn() ? current : null);
      if (patch.consent !== undefined && patch.consent !== null) tagMethod("consent", patch.consent);
      signal.fire("override");
      tagMethod("loadEntity");
    },
    /** Nothing pretended any more; answers whether anything was. */
    clear() {
      if (!isOn()) return false;
      current = TRUTH;
      keep(null);
      signal.fire("override");
      return true;
    },
    /**
     * The answer to a request for the profile, as it is pretended.
     * @param {string} url
     * @param {Promise<Response>} answer
     * @returns {Promise<Response>}
     */
    change(url, answer) {
      return isOn() && url.includes("/api/personalize/") ? answer.then(pretended) : answer;
    },
  };

  /** @param {Response} response */
  async function pretended(response) {
    const body = response.ok ? await response.clone().json().catch(() => null) : null;
    if (!body || typeof body !== "object") return response;
    const { status, statusText, headers } = response;
    const data = body.data?.user ? { ...body.data, user: pretend(body.data.user, current) } : pretend(body.data ?? {}, current);
    return new Response(JSON.stringify({ ...body, data }), { status, statusText, headers: plainHeaders(headers) });
  }
}

/**
 * A profile with what is overridden in it.
 * @param {Record<string, unknown>} profile
 * @param {Overrides} overrides
 */
export function pretend(profile, { enter, leave, fields }) {
  const own = Array.isArray(profile["segments"]) ? profile["segments"] : [];
  const segments = [...new Set([...own.filter((slug) => !leave.includes(slug)), ...enter])];
  const changed = { ...profile, segments, ...fields };
  return Object.fromEntries(Object.entries(changed).filter(([, value]) => value !== null));
}

/** @param {Headers} headers without those that were of the body as it was sent */
function plainHeaders(headers) {
  return [...headers].filter(([name]) => !["content-length", "content-encoding"].includes(name));
}

/** @param {"consent" | "loadEntity"} name @param {...unknown} values */
function tagMethod(name, ...values) {
  const tag = /** @type {Tag & Record<string, any> | null} */ (currentTag());
  tag?.[name]?.(...values);
}

/** @returns {Overrides} */
function read() {
  try {
    return { ...TRUTH, ...JSON.parse(sessionStorage.getItem(PRETENDED) ?? "{}") };
  } catch {
    return TRUTH; // storage is blocked, or somebody else wrote there
  }
}

/** @param {Overrides | null} overrides */
function keep(overrides) {
  if (overrides) sessionStorage.setItem(PRETENDED, JSON.stringify(overrides));
  else sessionStorage.removeItem(PRETENDED);
}

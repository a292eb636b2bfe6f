/** @import { Overrides, Signal } from "../types" */
import { remember, remembered } from "../memory.js";
import { coverAnswer } from "./cover_answer.js";
import { createConsentCover } from "./cover_consent.js";
import { coverJsonp } from "./cover_jsonp.js";
import { currentTag } from "./page_globals.js";
import { coverAddress, isOwnAddress } from "./pretended_address.js";

/** The one key under which a tab keeps what it pretends; it is there only while something is. */
const PRETENDED = "overrides";
/** @type {Overrides} */
const TRUTH = { enter: [], leave: [], fields: {}, consent: null, referrer: null, address: null };

/**
 * Pretend this from the start; before `createOverrides`.
 * @param {Partial<Overrides>} wanted
 */
export function pretendFromNow(wanted) {
  remember("sessionStorage", PRETENDED, { ...TRUTH, ...wanted });
}

/**
 * What this tab pretends of the visitor. The page is answered another profile than the server sent, so that tag and widgets work
 * as ever; nothing is stored on the server.
 * @param {Signal} signal
 */
export function createOverrides(signal) {
  /** @type {Overrides} */
  let current = { ...TRUTH, ...remembered("sessionStorage", PRETENDED) };
  /** @type {(() => void) | null} */
  let stopJsonp = null;
  const pretendConsent = createConsentCover();
  const isOn = () => JSON.stringify(current) !== JSON.stringify(TRUTH);
  const concerns = (/** @type {string} */ url) => url.includes("/api/personalize/");
  // Nothing in the page is watched or covered for it while nothing is pretended.
  const cover = () => {
    stopJsonp?.();
    stopJsonp = isOn() ? coverJsonp(concerns, pretended) : null;
    coverReferrer(current.referrer);
    coverAddress(current.address);
    pretendConsent(current.consent);
  };
  cover();
  return {
    view: () => current,
    isOn,
    /** @param {Partial<Overrides>} patch */
    set(patch) {
      if (patch.address && !isOwnAddress(patch.address)) {
        throw new Error(`${patch.address} is no address of this page's own server, and a page cannot pretend to be on another. Write it as ${location.pathname}.`);
      }
      current = { ...current, ...patch };
      remember("sessionStorage", PRETENDED, isOn() ? current : null);
      cover();
      signal.fire("override");
      currentTag()?.loadEntity?.();
    },
    /** Nothing pretended any more; answers whether anything was. */
    clear() {
      if (!isOn()) return false;
      current = TRUTH;
      remember("sessionStorage", PRETENDED, null);
      cover();
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
      return isOn() && concerns(url) ? answer.then(changed) : answer;
    },
    /**
     * The same, of a request of the older kind.
     * @param {string} url
     * @param {XMLHttpRequest} request
     */
    changeOld(url, request) {
      if (isOn() && concerns(url)) coverAnswer(request, pretended);
    },
  };

  /** @param {Response} response */
  async function changed(response) {
    const body = response.ok ? await response.clone().json().catch(() => null) : null;
    if (!body || typeof body !== "object") return response;
    const { status, statusText, headers } = response;
    return new Response(JSON.stringify(pretended(body)), { status, statusText, headers: plainHeaders(headers) });
  }

  /** @param {any} body as the server sent it */
  function pretended(body) {
    if (!body || typeof body !== "object") return body;
    const data = body.data?.user ? { ...body.data, user: pretend(body.data.user, current) } : pretend(body.data ?? {}, current);
    return { ...body, data };
  }
}

/**
 * Where the visitor came from, as the page's scripts read it; with null, as it is.
 * @param {string | null} referrer
 */
function coverReferrer(referrer) {
  if (referrer === null) Reflect.deleteProperty(document, "referrer");
  else Object.defineProperty(document, "referrer", { configurable: true, get: () => referrer });
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

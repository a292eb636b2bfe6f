import { readCookie } from "./cookies.js";
import { warn } from "./log.js";
import { page } from "./page.js";
import { area, put } from "./storage.js";
import { constructQueries, decodeSafe } from "./uri.js";

/**
 * @param {string} text
 * @param {string} [kind]
 */
function parseResponse(text, kind = "") {
  try {
    return JSON.parse(text);
  } catch (error) {
    warn(`Could not parse json ${kind}response:${error}`);
  }
}

/**
 * What would end a value within a query, escaped; everything else goes out as it is written.
 * @param {string} text
 */
function withinQuery(text) {
  return text.replace(/[&#]/g, encodeURIComponent);
}

/** How the API finds the visitor: by the tag's cookie, unless an older tag says otherwise. */
function visitorKey() {
  const { field, value } = page.liosetup ?? {};
  return field && value ? [field, value] : ["_uids", readCookie(page.jstag?.config?.cookie || "seerid")];
}

/**
 * The request's address (widgets.md 4.8). What JSON leaves out, undefined values, is not sent.
 * @param {string | number} account
 * @param {Record<string, any>} params
 */
function addressOf(account, params) {
  const { collection, contentsegment = collection, ql, ast } = params;
  const [field, value] = visitorKey();
  const none = undefined;
  const sent = JSON.stringify({ ...params, contentsegment, collection: none, display: none, ql: none, ast: none });
  const query = constructQueries(JSON.parse(withinQuery(sent)));
  const filter = ql?.raw ? `ql=${withinQuery(ql.raw)}` : ast && `contentsegments=[${encodeURIComponent(JSON.stringify({ table: "content", ast }))}]`;
  const more = !contentsegment && filter ? (query ? "&" : "?") + filter : "";
  return `https://c.lytics.io/api/content/recommend/${account}/user/${field}/${encodeURIComponent(value)}${query}${more}`;
}

/**
 * Call back with documents for the visitor: those of this session, or of the API; none when it has none or fails.
 * @param {string | number} account
 * @param {Record<string, any>} params
 * @param {string} id of the answer in the session
 * @param {(documents: Record<string, any>[]) => void} callback
 */
export function recommendContent(account, params, id, callback) {
  if (typeof callback !== "function") {
    warn("Could not make recommendation - missing callback function.");
    return;
  }
  const key = `PathforaRecommend_${id}`;
  const keep = (/** @type {any} */ answer) => {
    put("sessionStorage", key, encodeURIComponent(JSON.stringify(answer)));
    callback(answer.data);
  };
  const stored = params.visited !== false && parseResponse(decodeSafe(String(area("sessionStorage")[key] ?? null)), "stored ");
  if (params.shuffle === true) stored?.data?.shift();
  if (stored?.data?.length) {
    keep(stored);
    return;
  }
  const request = new XMLHttpRequest();
  request.onload = request.onerror = () => {
    const answer = request.status === 200 && parseResponse(request.responseText);
    if (!answer?.data?.length) {
      callback([]);
      return;
    }
    for (const item of answer.data) item.url = item.url?.replace(/^[^/]*\./, "http://$&");
    keep(answer);
  };
  request.open("GET", addressOf(account, params));
  request.send();
}

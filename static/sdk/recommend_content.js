import { readCookie } from "./cookies.js";
import { warn } from "./log.js";
import { toJson } from "./objects.js";
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
 * The request's address (widgets.md 4.8). Undefined values, which JSON leaves out, are not sent; what would end a value is escaped, and
 * everything else goes out as it is written. The API finds the visitor by the tag's cookie, unless an older tag says otherwise.
 * @param {string | number} account
 * @param {Record<string, any>} params
 */
function addressOf(account, params) {
  const { collection, ql, ast, ...sent } = /** @type {Record<string, any>} */ ({ ...params, display: undefined });
  let { field, value } = page.liosetup ?? {};
  if (!field || !value) {
    field = "_uids";
    value = readCookie(page.jstag?.config?.cookie || "seerid");
  }
  sent.contentsegment ??= collection;
  if (!sent.contentsegment) {
    if (ql?.raw) sent.ql = ql.raw;
    else if (ast) sent.contentsegments = `[${encodeURIComponent(toJson({ table: "content", ast }))}]`;
  }
  const query = constructQueries(JSON.parse(toJson(sent).replace(/[&#]/g, encodeURIComponent)));
  return `${page.jstag?.config?.url || "https://c.lytics.io"}/api/content/recommend/${account}/user/${field}/${encodeURIComponent(value)}${query}`;
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
    return warn("Could not make recommendation - missing callback function.");
  }
  const key = `PathforaRecommend_${id}`;
  /** @param {any} answer */
  const use = (answer) => {
    if (!answer?.data?.length) return;
    for (const item of answer.data) item.url = item.url?.replace(/^[^/]*\./, "http://$&");
    put("sessionStorage", key, encodeURIComponent(toJson(answer)));
    callback(answer.data);
    return true;
  };
  const stored = params.visited !== false && parseResponse(decodeSafe(area("sessionStorage")[key] ?? "null"), "stored ");
  if (params.shuffle === true) stored?.data?.shift();
  if (use(stored)) return;
  const request = new XMLHttpRequest();
  request.onload = request.onerror = () => {
    if (!use(request.status === 200 && parseResponse(request.responseText))) callback([]);
  };
  request.open("GET", addressOf(account, params));
  request.send();
}

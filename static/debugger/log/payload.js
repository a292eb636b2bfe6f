/** @typedef {{text: string | null, type: string, size: number | null, note: string}} Body what could be read of a request's body */

const LONGEST = 65536;
/** @type {Body} */
const EMPTY = { text: null, type: "", size: 0, note: "" };

/**
 * Read a body without using it up. A stream can be read only once, and is left to the request.
 * @param {unknown} body what a page gave to fetch, XMLHttpRequest or sendBeacon
 * @returns {Body | Promise<Body>}
 */
export function readBody(body) {
  if (body === null || body === undefined) return EMPTY;
  if (typeof body === "string") return bodyOf(body, "text/plain");
  if (body instanceof URLSearchParams) return bodyOf(String(body), "application/x-www-form-urlencoded");
  if (body instanceof FormData) return formBody(body);
  if (body instanceof Blob) return body.slice(0, LONGEST * 4).text().then((text) => ({ ...bodyOf(text, body.type), size: body.size }));
  if (body instanceof ArrayBuffer || ArrayBuffer.isView(body)) return { ...bodyOf(new TextDecoder().decode(body), ""), size: body.byteLength };
  return { text: null, type: "", size: null, note: `a ${Object.prototype.toString.call(body).slice(8, -1)}, which can be read only once` };
}

/** @param {FormData} form @returns {Body} */
function formBody(form) {
  const texts = [...form].map(([name, value]) => [name, typeof value === "string" ? value : `(file ${value.name})`]);
  return bodyOf(String(new URLSearchParams(texts)), "multipart/form-data");
}

/** @param {string} text @param {string} type @returns {Body} */
function bodyOf(text, type) {
  const clipped = text.length > LONGEST;
  return { text: clipped ? text.slice(0, LONGEST) : text, type, size: new Blob([text]).size, note: clipped ? `only its first ${LONGEST} characters are kept` : "" };
}

/**
 * What a request says, from its query and its body: fields of the query, and what the body adds. The form field `_js` holds
 * another query (tag.md 5.2). Text that is not encoded right is taken as it is.
 * @param {URL} url
 * @param {Body} body
 * @returns {unknown}
 */
export function decodePayload(url, body) {
  const query = fieldsOf(url.searchParams);
  const text = body.text ?? "";
  if (!text) return query;
  const json = /^\s*[[{]/.test(text) ? parsed(text) : undefined;
  if (Array.isArray(json)) return Object.keys(query).length ? { ...query, "(body)": json } : json;
  if (json !== undefined) return { ...query, .../** @type {object} */ (json) };
  if (!text.includes("=")) return { ...query, "(body)": text };
  const form = new URLSearchParams(text);
  const inner = form.get("_js");
  return { ...query, ...fieldsOf(inner === null ? form : new URLSearchParams(inner)) };
}

/** @param {string} text @returns {unknown} */
function parsed(text) {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

/** @param {URLSearchParams} params */
function fieldsOf(params) {
  /** @type {Record<string, string | string[]>} */
  const fields = {};
  for (const [name, value] of params) {
    const before = Object.hasOwn(fields, name) ? fields[name] : undefined;
    fields[name] = before === undefined ? value : [...[before].flat(), value];
  }
  return fields;
}

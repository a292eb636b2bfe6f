const EMAIL = /[\p{L}\p{N}._%+-]+(?:@|%40)[\p{L}\p{N}.-]+\.\p{L}{2,}/giu;
const PHONE = /^\+?\d[\d\s().-]{7,}\d$/;
/** Names of fields whose value is somebody's own. */
const PERSONAL = /e-?mail|phone|mobile|first_?name|last_?name|full_?name|^name$|address|street|passw|token|secret|birth|ssn|iban|card/i;
const HIDDEN = "(redacted)";

/**
 * A copy in which e-mail addresses, and the values of fields that are named like personal data, are replaced.
 * @param {unknown} value
 * @param {string} [name] of the field
 * @returns {any}
 */
export function redacted(value, name = "") {
  if (typeof value === "string") {
    if (value && (PERSONAL.test(name) || isPhone(value))) return HIDDEN;
    return redactedText(value);
  }
  if (Array.isArray(value)) return value.map((item) => redacted(item, name));
  if (value === null || typeof value !== "object") return PERSONAL.test(name) && typeof value === "number" ? HIDDEN : value;
  return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, redacted(item, key)]));
}

/**
 * A text without e-mail addresses, and if it is an address or a query without the values of personal fields.
 * @param {string} text
 */
export function redactedText(text) {
  const fields = text.replace(/([?&]|^)([\w.%-]+)=([^&#\s]*)/g, (whole, start, name, value) =>
    value && PERSONAL.test(name) && /[?&=]/.test(text) ? `${start}${name}=${HIDDEN}` : whole);
  return fields.replace(EMAIL, HIDDEN);
}

/** Whether a text is a telephone number, which has 15 digits at most: a longer one is an id. @param {string} text */
function isPhone(text) {
  return PHONE.test(text) && !/^\d+$/.test(text) && text.replace(/\D/g, "").length <= 15;
}

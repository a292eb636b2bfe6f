/** The named character references that copywriters use, by code point; others are left as they are written. */
const NAMED = new Map(
  Object.entries({
  amp: 38, lt: 60, gt: 62, quot: 34, apos: 39, nbsp: 160, cent: 162, pound: 163, sect: 167, copy: 169, laquo: 171, shy: 173, reg: 174,
  deg: 176, middot: 183, raquo: 187, frac12: 189, times: 215, ndash: 8211, mdash: 8212, lsquo: 8216, rsquo: 8217, ldquo: 8220,
  rdquo: 8221, bull: 8226, hellip: 8230, euro: 8364, trade: 8482, larr: 8592, rarr: 8594,
  }),
);

/**
 * Decode character references, without a parser a page's policy could forbid.
 * @param {string} text
 */
export function decodeEntities(text) {
  return text.replace(/&(#x[\da-f]{1,6}|#\d{1,7}|[a-z][a-z\d]*);/gi, (whole, name) => {
    const code = name[0] === "#" ? Number(name.slice(1).replace(/^x/i, "0x")) : NAMED.get(name);
    if (code === undefined) return whole;
    return code > 0 && code <= 0x10ffff && !(code >= 0xd800 && code < 0xe000) ? String.fromCodePoint(code) : "\ufffd";
  });
}

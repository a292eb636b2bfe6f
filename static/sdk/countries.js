/** Values that the vendor's list has in place of a country's ISO code: `<ISO><value>`, one after the other (widgets.md 2.6). */
const VALUES = "AMAABQBLIOBCCXCICCCSCICTCWCBTPTMFKFATFFSIRIAKPNKKRKSYTMENRNUNUNWPNPOBLNTSHHESXMBWSSOSOOITMTUVAVSVGVBVIVA";
/** No code; codes that browsers name and that are no place; and old codes that come after the country's own. */
const OTHERS = /\d|DY|E[UZ]|FX|HV|QO|SU|U[KN]|X[AB]|YU|ZZ/;

/**
 * The countries by name, as choices. The names are the browser's own, so the list needs no data but exceptions. What the vendor lists
 * beside the country it is a part of, like Hawaii, is not in it.
 * @param {string} locale
 */
export function countries(locale) {
  const names = new Intl.DisplayNames(locale, { type: "region", fallback: "none" });
  /** @type {Record<string, string>} */
  const values = {};
  // All of two letters, as numbers of base 36; of two codes for one name the later is right.
  for (let number = 370; number < 1296; number += 1) {
    const code = number.toString(36).toUpperCase();
    const name = !OTHERS.test(code) && names.of(code);
    if (name) values[name] = VALUES.match(`^(?:....)*?${code}(..)`)?.[1] ?? code;
  }
  return Object.keys(values)
    .sort(new Intl.Collator(locale).compare)
    .map((label) => ({ label, value: values[label] ?? "" }));
}

/** Values that the vendor's list has in place of a country's ISO code: `<iso><VALUE>`, one after the other (widgets.md 2.6). */
const VALUES = "amaablntbqblcccscdzrcictcwcbcxcifkfaiobciriakpnkkrksnrnununwpnposhhesooisxmbtffstltmtmtuvavsvgvbvivawssoytme";
/** No code; and codes that browsers name and that are no place. */
const OTHERS = /\d|E[UZ]|QO|UN|X[AB]|ZZ/;

/**
 * The countries by name, as choices. The names are the browser's own, so the list needs no data but exceptions. What the vendor lists
 * beside the country it is a part of, like Hawaii, is not in it.
 * @param {string} locale
 */
export function countries(locale) {
  const names = new Intl.DisplayNames(locale, { type: "region" });
  const found = [];
  // All of two letters, as numbers of base 36.
  for (let number = 370; number < 1296; number += 1) {
    const short = number.toString(36);
    const code = short.toUpperCase();
    const label = !OTHERS.test(code) && new Intl.Locale(`und-${code}`).region === code && names.of(code);
    if (label && label !== code) found.push({ label, value: VALUES.match(`^(....)*?${short}(..)`)?.[2]?.toUpperCase() ?? code });
  }
  return found.sort((one, other) => one.label.localeCompare(other.label, locale));
}

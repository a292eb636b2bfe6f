/** Values that the vendor's list has in place of a country's ISO code: `<ISO><value>` (widgets.md 2.6). */
const VALUES =
  "AMAA BQBL IOBC CXCI CCCS CICT CWCB TLTM FKFA TFFS IRIA KPNK KRKS YTME NRNU NUNW PNPO BLNT SHHE SXMB WSSO SOOI TMTU VAVS VGVB VIVA CDZR";
/** What has a value of its own there and no code in ISO. */
const MORE =
  "CDChannel Islands,HWHawaii,MIMidway Islands,ANNetherlands Antilles,NVNevis,SPSaipan,EUSt. Eustatius,TATahiti,WKWake Island";
/** Codes that browsers name and that are no country. */
const OTHERS = "AC CP CQ DG EA EU EZ QO TA UM UN XA XB ZZ";

/**
 * The values and names of all countries, by name. The names are the browser's own, so the list needs no data but exceptions.
 * @param {string} locale
 * @returns {[string, string][]}
 */
export function countries(locale) {
  const names = new Intl.DisplayNames(locale, { type: "region", fallback: "none" });
  const letters = [..."ABCDEFGHIJKLMNOPQRSTUVWXYZ"];
  /** @type {[string, string][]} */
  const found = MORE.split(",").map((item) => [item.slice(0, 2), item.slice(2)]);
  for (const code of letters.flatMap((first) => letters.map((second) => first + second))) {
    const name = names.of(code);
    // A code that is retired has the name of what followed it; its canonical form tells.
    if (!name || OTHERS.includes(code) || !Intl.getCanonicalLocales(`und-${code}`)[0]?.endsWith(code)) continue;
    found.push([VALUES.match(`\\b${code}(..)`)?.[1] ?? code, name]);
  }
  return found.sort((one, other) => one[1].localeCompare(other[1], locale));
}

import { remember, remembered } from "../memory.js";

/** Where the page really is, kept for this tab while it pretends to be elsewhere. */
const KEPT_REAL = "real-address";

/**
 * Let the page's scripts read another address of its own origin, without a load; with null, where it really is. The page's own cover
 * of `history`, which a router may have made, is not asked.
 * @param {string | null} address
 */
export function coverAddress(address) {
  const wanted = address ?? remembered("sessionStorage", KEPT_REAL);
  if (wanted === null) return;
  const { href } = new URL(wanted, location.href);
  if (address === null) remember("sessionStorage", KEPT_REAL, null);
  else if (href !== location.href) remember("sessionStorage", KEPT_REAL, location.href);
  History.prototype.replaceState.call(history, history.state, "", href);
}

/** Whether a page may pretend to be there: browsers show it addresses of its own origin alone. @param {unknown} address */
export function isOwnAddress(address) {
  return typeof address === "string" && URL.canParse(address, location.href) && new URL(address, location.href).origin === location.origin;
}

/** @import { Connected } from "./chosen_page.js" */
import { button, element, nothing } from "../dom.js";

/**
 * The pages to choose from.
 * @param {Connected[]} pages
 * @param {Connected | null} chosen
 * @param {(id: string) => void} choose
 */
export function pageList(pages, chosen, choose) {
  if (!pages.length) return nothing("No page is open in this world. Open one of this server in another window or on a phone: it appears here by itself.");
  const items = [...pages].reverse().map((page) => element("li", {}, pageButton(page, page === chosen, choose)));
  return element("ul", { class: "list" }, ...items);
}

/** @param {Connected} page @param {boolean} pressed @param {(id: string) => void} choose */
function pageButton({ id, address, agent, view }, pressed, choose) {
  const node = button("page", "", () => choose(id));
  const where = placeOf(view?.address || address);
  node.setAttribute("aria-pressed", String(pressed));
  node.dataset["page"] = id;
  const details = [deviceOf(agent), view?.viewport, view?.visitor.uid && `visitor ${view.visitor.uid}`].filter(Boolean);
  node.append(element("strong", {}, view?.title || where), element("span", { class: "hint" }, where), element("span", { class: "hint" }, details.join(" · ")));
  return node;
}

/** @param {string} address */
function placeOf(address) {
  try {
    const { pathname, search } = new URL(address);
    return pathname + search;
  } catch {
    return "an address that the page does not tell";
  }
}

/** What kind of thing the browser runs on, as far as it says. @param {string} agent */
function deviceOf(agent) {
  const system = /iPhone|iPad|Android|Windows|Mac OS X|CrOS|Linux/.exec(agent)?.[0] ?? "unknown system";
  const browser = /Edg|Firefox|Chrome|Safari/.exec(agent)?.[0]?.replace("Edg", "Edge") ?? "browser";
  return `${browser} on ${system.replace("Mac OS X", "macOS").replace("CrOS", "ChromeOS")}`;
}

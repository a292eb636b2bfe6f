import { frameStyles } from "./styles_frame.js";
import { hostStyles } from "./styles_host.js";
import { partStyles } from "./styles_parts.js";
import { sectionStyles } from "./styles_sections.js";

/**
 * The one sheet of whatever shows sections. Constructed, because a page's policy may forbid style elements and attributes.
 * @param {typeof CSSStyleSheet} [Sheet] of the window that shows it
 */
export function styleSheet(Sheet = CSSStyleSheet) {
  const sheet = new Sheet();
  sheet.replaceSync(hostStyles + frameStyles + partStyles + sectionStyles);
  return sheet;
}

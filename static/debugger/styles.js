import { frameStyles } from "./styles_frame.js";
import { partStyles } from "./styles_parts.js";
import { sectionStyles } from "./styles_sections.js";

/** The panel's one sheet. Constructed, because a page's policy may forbid style elements and attributes. */
export function styleSheet() {
  const sheet = new CSSStyleSheet();
  sheet.replaceSync(frameStyles + partStyles + sectionStyles + sectionStyles);
  return sheet;
}

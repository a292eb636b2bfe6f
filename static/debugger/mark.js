const SPACE = "http://www.w3.org/2000/svg";

/** The sign of the house: a figure, and the outline of another standing behind it. */
export function mark() {
  const picture = shape("svg", { viewBox: "0 0 20 20", width: "18", height: "18", "aria-hidden": "true" });
  for (const [name, x] of /** @type {[string, number][]} */ ([["outline", 12.5], ["figure", 8]])) {
    picture.append(shape("circle", { class: name, cx: String(x), cy: "6", r: "3.2" }));
    picture.append(shape("path", { class: name, d: `M${x - 5.5} 17.5a5.5 6.3 0 0 1 11 0z` }));
  }
  return picture;
}

/** Two windows, one before the other. */
export function windowIcon() {
  const picture = shape("svg", { viewBox: "0 0 16 16", width: "16", height: "16", "aria-hidden": "true", class: "icon" });
  picture.append(shape("path", { d: "M5.5 2.5h8v8h-8zM10.5 13.5h-8v-8" }));
  return picture;
}

/** A page with a panel at its side. */
export function sidesIcon() {
  const picture = shape("svg", { viewBox: "0 0 16 16", width: "16", height: "16", "aria-hidden": "true", class: "icon" });
  picture.append(shape("path", { d: "M1.5 2.5h13v11h-13zM6 2.5v11" }));
  return picture;
}

/**
 * @param {string} tag
 * @param {Record<string, string>} attributes
 */
function shape(tag, attributes) {
  const node = document.createElementNS(SPACE, tag);
  for (const [name, value] of Object.entries(attributes)) node.setAttribute(name, value);
  return node;
}

/**
 * Build an element. Texts become text nodes, so nothing a page or a profile says can become markup.
 * @template {keyof HTMLElementTagNameMap} K
 * @param {K} tag
 * @param {Record<string, string>} [attributes]
 * @param {...(Node | string | null)} children
 * @returns {HTMLElementTagNameMap[K]}
 */
export function element(tag, attributes = {}, ...children) {
  const node = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) node.setAttribute(name, value);
  node.append(...present(children));
  return node;
}

/**
 * @param {(Node | string | null)[]} children
 * @returns {(Node | string)[]}
 */
function present(children) {
  return /** @type {(Node | string)[]} */ (children.filter((child) => child !== null));
}

/**
 * A button with a handler.
 * @param {string} className
 * @param {string} text
 * @param {() => void} press
 */
export function button(className, text, press) {
  const node = element("button", { type: "button", class: className }, text);
  node.addEventListener("click", press);
  return node;
}

/**
 * A small coloured word. `tone` is one of good, wait, bad, off, info.
 * @param {string} tone
 * @param {string} text
 */
export function chip(tone, text) {
  return element("span", { class: `chip ${tone}` }, text);
}

/**
 * A heading with what belongs to it.
 * @param {string} title
 * @param {...(Node | string | null)} children
 */
export function group(title, ...children) {
  return element("section", { class: "group" }, element("h3", {}, title), ...children);
}

/**
 * A sentence where there is nothing to list.
 * @param {string} text
 */
export function nothing(text) {
  return element("p", { class: "nothing" }, text);
}

/**
 * Time of day with milliseconds.
 * @param {number} time epoch milliseconds
 */
export function clockTime(time) {
  const date = new Date(time);
  const two = (/** @type {number} */ number) => String(number).padStart(2, "0");
  return `${two(date.getHours())}:${two(date.getMinutes())}:${two(date.getSeconds())}.${String(date.getMilliseconds()).padStart(3, "0")}`;
}

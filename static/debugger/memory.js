/**
 * Something that a person asked this panel to remember, under a name of ours; nothing is written before that.
 * @param {"localStorage" | "sessionStorage"} area
 * @param {string} name
 * @returns {any} null when there is nothing, or storage is blocked
 */
export function remembered(area, name) {
  try {
    return JSON.parse(window[area].getItem(`understudy:${name}`) ?? "null");
  } catch {
    return null;
  }
}

/**
 * @param {"localStorage" | "sessionStorage"} area
 * @param {string} name
 * @param {unknown} value null forgets it
 */
export function remember(area, name, value) {
  try {
    if (value === null) window[area].removeItem(`understudy:${name}`);
    else window[area].setItem(`understudy:${name}`, JSON.stringify(value));
  } catch {
    return; // storage is blocked or full: it is forgotten with the page
  }
}

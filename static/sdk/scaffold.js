/** @typedef {Record<string, any>} Scaffold */

/** An empty targeting object (widgets.md 4.1). */
export function initWidgetScaffold() {
  return { target: [], exclude: [], inverse: [] };
}

/**
 * Put a widget under a segment of a scaffold (widgets.md 1.6); throws when the scaffold or the method is wrong.
 * @param {string} method `target` or `exclude`
 * @param {string} segment
 * @param {any} widget
 * @param {Scaffold} scaffold
 */
export function insertWidget(method, segment, widget, scaffold) {
  for (const name of Object.keys(initWidgetScaffold())) {
    if (!scaffold[name]) throw new Error(`Invalid scaffold. No ${name} array.`);
  }
  if (method !== "target" && method !== "exclude") throw new Error(`Invalid method (${method}).`);
  const entry = scaffold[method].find((/** @type {any} */ item) => item.segment === segment);
  if (entry) entry.widgets.push(widget);
  else scaffold[method].push({ segment, widgets: [widget] });
}

/** Instead of `targets.js`, where all widgets are for everyone. */
export const targeted = {
  /**
   * What there is for everyone in a targeting object, which is how the tag hands over an account's widgets.
   * @this {any}
   * @param {any} targeting
   * @param {any} options
   */
  initializeTargetedWidgets({ common = [], target = [] }, options) {
    const fits = target.flatMap((/** @type {any} */ { segment, widgets }) => (segment === "*" ? widgets : []));
    this.initializeWidgetArray([...common, ...fits], options);
  },
};

/** Handing candidate experiences to the widget SDK (tag.md 7.4, widgets.md 4.1). */

/** @import { Plugin, Tree } from "./types.js" */

/**
 * One experience of the candidate script.
 *
 * @typedef {{id: string, type: string, label?: string, audience: string, exclude?: string[], widget: Tree, inverse?: Tree | null}} Candidate
 */

/** @typedef {{item: Candidate, widget: Tree, inverse: Tree | null}} Built */

/** @type {Record<string, string>} */
const FACTORIES = { form: "Form", subscription: "Subscription", sitegate: "SiteGate" };

/**
 * Build every experience's widgets and initialise them. What needs neither `inverse` nor `exclude` goes in one call, so
 * that `priority` ranks it; everyone's widgets share one target entry, because SDKs in the field lose the second of two
 * neighbouring ones. When that call fails its experiences are tried one by one, so that only the broken one is missing.
 * Each failure is reported once, with the experience's id. The script's own `prepare` draws variations before all that.
 *
 * @param {Plugin} plugin
 * @param {any} sdk
 * @param {Candidate[]} items
 * @param {string} [priority]
 */
export function initialise(plugin, sdk, items, priority) {
  const built = items.flatMap((item) => attempt(plugin, item, () => build(sdk, item)) ?? []);
  attempt(plugin, items[0], () => /** @type {any} */ (window)._pfacfg?.prepare?.(sdk, built.map(({ widget }) => widget)));
  const special = (/** @type {Built} */ { item, inverse }) => inverse || item.exclude?.length;
  const together = built.filter((one) => !special(one));
  const alone = built.filter(special);
  try {
    if (together.length) sdk.initializeWidgets({ target: targets(together) }, undefined, { priority });
  } catch {
    sdk.clearById?.(together.map(({ widget }) => widget.id));
    alone.unshift(...together);
  }
  for (const one of alone) {
    attempt(plugin, one.item, () => sdk.initializeWidgets(targeting(one), undefined, { priority }));
  }
}

/**
 * The ids of an experience's widgets.
 *
 * @param {Candidate} item
 * @returns {string[]}
 */
export function widgetIds({ id, widget, inverse }) {
  return [widget?.id ?? id, ...(inverse ? [inverse.id] : [])];
}

/**
 * @param {any} sdk
 * @param {Candidate} item
 * @returns {Built}
 */
function build(sdk, item) {
  const make = (/** @type {Tree} */ config) => sdk[FACTORIES[config.type ?? item.type] ?? "Message"](config);
  return { item, widget: make(item.widget), inverse: item.inverse && make(item.inverse) };
}

/** @param {Built[]} list */
function targets(list) {
  const everyone = list.filter(({ item }) => item.audience === "*");
  const rest = list.filter((one) => !everyone.includes(one));
  return [everyone, ...rest.map((one) => [one])].flatMap(([first, ...more]) =>
    first ? { segment: first.item.audience, widgets: [first, ...more].map(({ widget }) => widget) } : [],
  );
}

/** @param {Built} one */
function targeting(one) {
  const exclude = one.item.exclude?.map((segment) => ({ segment, widgets: [one.widget] }));
  return {
    target: targets([one]),
    ...(exclude?.length && { exclude }),
    ...(one.inverse && { inverse: [one.inverse] }),
  };
}

/**
 * @template T
 * @param {Plugin} plugin
 * @param {Candidate | undefined} item
 * @param {() => T} code
 * @returns {T | undefined}
 */
function attempt(plugin, item, code) {
  try {
    return code();
  } catch (error) {
    plugin.carp({ id: item?.id, error });
    return undefined;
  }
}

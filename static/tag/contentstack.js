/** What the two Contentstack plugins share: the visitor's state, its memory, and polling for a newer one (tag.md 7.5). */

import { optIn } from "./opt_in.js";
import { segmentsOf } from "./profile.js";
import { quietly } from "./storage.js";
import { fill } from "./tree.js";

/** @import { Plugin, Tag, Tree } from "./types.js" */

/**
 * Set a plugin up under `contentstack.<part>`; pages in the field also write `contentStack`. `act` gets the state of
 * each profile.
 *
 * `poll` loads the profile again after `initialDelay` ms, then after twice as long, and so on (how the delay grows is
 * UNKNOWN), `maxAttempts` times at most; `jstag.call("resetPolling")` starts anew.
 *
 * @param {Plugin} plugin
 * @param {Tag} instance
 * @param {Tree} config
 * @param {string} part
 * @param {Tree} own defaults
 * @param {(state: {audiences: string, flows: string}) => unknown} act
 */
export function contentstack(plugin, instance, config, part, own, act) {
  const name = `contentstack.${part}`;
  config.contentstack = fill(fill({}, config.contentStack), config.contentstack);
  const options = optIn(plugin, name, {
    cookie: "cs-personalize-user-uid",
    cookieDomain: null,
    poll: { disabled: true, initialDelay: 4000, maxAttempts: 5 },
    cache: { disabled: false, key: "contentstack_personalize" },
    ...own,
  });
  /** @type {ReturnType<typeof setTimeout> | undefined} */
  let timer;
  let attempts = 0;
  let begun = false;

  function stop() {
    if (timer) plugin.emit(`${name}.pollStopped`);
    clearTimeout(timer);
    timer = undefined;
  }

  function wait() {
    const { initialDelay, maxAttempts } = options().poll;
    if (attempts >= maxAttempts) return stop();
    timer = setTimeout(() => (instance.loadEntity(), wait()), initialDelay * 2 ** attempts++);
  }

  function restart() {
    stop();
    if (options().poll.disabled) return;
    attempts = 0;
    plugin.emit(`${name}.pollStarted`);
    wait();
  }

  plugin.on("entity.loaded", (_topic, entity) => {
    if (!begun) restart();
    begun = true;
    act({
      audiences: piped(segmentsOf(entity) ?? []),
      flows: piped(Object.values(entity.getAt("user.flows") ?? entity.getAt("flows") ?? {})),
    });
  });
  plugin.on("lifecycle.teardown.requested", () => {
    stop();
    begun = false;
    memory(plugin, part).keep();
  });
  const others = instance.resetPolling;
  plugin.method("resetPolling", () => (others?.(), restart()));
}

/**
 * What this plugin kept in `cache` last time, and a way to keep something new, or to forget. Two plugins may share a key.
 *
 * @param {Plugin} plugin
 * @param {string} part
 * @returns {{last?: string, keep(text?: string): void}}
 */
export function memory(plugin, part) {
  const { disabled, storage, key } = plugin.options().cache;
  const use = (/** @type {(place: any) => unknown} */ code) => quietly(() => disabled || code(storage ?? sessionStorage));
  const kept = /** @type {Tree} */ (use((place) => JSON.parse(place.getItem(key))) || {});
  return {
    last: kept[part],
    keep: (text) =>
      use((place) => (text ? place.setItem(key, JSON.stringify({ ...kept, [part]: text })) : place.removeItem(key))),
  };
}

/**
 * `|a|b|`: each once, sorted; "" for none.
 *
 * @param {unknown[]} list
 */
function piped(list) {
  return list.length ? `|${[...new Set(list)].sort().join("|")}|` : "";
}

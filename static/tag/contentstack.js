/** What the two Contentstack plugins share: the visitor's state, its memory, and polling for a newer one (tag.md 7.5). */

import { optIn } from "./opt_in.js";
import { segmentsOf } from "./profile.js";
import { quietly } from "./storage.js";
import { fill } from "./tree.js";

/** @import { Plugin, Tag, Tree } from "./types.js" */

/**
 * Set a plugin up under `contentstack.<part>`; pages in the field also write `contentStack`. `act` gets the state of
 * each profile, what it last gave `keep` in this session, and `keep`. Two plugins may share a key.
 *
 * `poll` loads the profile again after `initialDelay` ms, then after twice as long, and so on (how the delay grows is
 * UNKNOWN), `maxAttempts` times at most; `jstag.call("resetPolling")` starts anew.
 *
 * @param {Plugin} plugin
 * @param {Tag} instance
 * @param {Tree} config
 * @param {string} part
 * @param {Tree} own defaults
 * @param {(state: {audiences: string, flows: string}, last: string | undefined, keep: (text: string) => void) => unknown} act
 */
export function contentstack(plugin, instance, config, part, own, act) {
  const name = `contentstack.${part}`;
  config.contentstack = fill(config.contentStack, config.contentstack);
  optIn(plugin, name, {
    cookie: "cs-personalize-user-uid",
    cookieDomain: null,
    poll: { disabled: true, initialDelay: 4000, maxAttempts: 5 },
    cache: { disabled: false, storage: quietly(() => sessionStorage), key: "contentstack_personalize" },
    ...own,
  });
  /** @type {ReturnType<typeof setTimeout> | undefined} */
  let timer;
  let attempts = 0;
  let begun = false;

  /**
   * @template T
   * @param {(place: any, key: string) => T} code
   * @returns {T | undefined}
   */
  function remembered(code) {
    const { disabled, storage, key } = plugin.options().cache;
    return quietly(() => disabled || code(storage, key));
  }

  function stop() {
    if (timer) plugin.emit(`${name}.pollStopped`);
    clearTimeout(timer);
    timer = undefined;
  }

  function wait() {
    const { initialDelay, maxAttempts } = plugin.options().poll;
    if (attempts >= maxAttempts) return stop();
    timer = setTimeout(() => (instance.loadEntity(), wait()), initialDelay * 2 ** attempts++);
  }

  function restart() {
    stop();
    if (plugin.options().poll.disabled) return;
    attempts = 0;
    plugin.emit(`${name}.pollStarted`);
    wait();
  }

  plugin.on("entity.loaded", (_topic, entity) => {
    if (!begun) restart();
    begun = true;
    const kept = /** @type {Tree} */ (remembered((place, key) => JSON.parse(place.getItem(key))) || {});
    const state = {
      audiences: piped(segmentsOf(entity) ?? []),
      flows: piped(Object.values(entity.toLegacyStyle().flows ?? {})),
    };
    act(state, kept[part], (text) => remembered((place, key) => place.setItem(key, JSON.stringify({ ...kept, [part]: text }))));
  });
  plugin.on("lifecycle.teardown.requested", () => {
    stop();
    begun = false;
    remembered((place, key) => place.removeItem(key));
  });
  const others = instance.resetPolling;
  plugin.method("resetPolling", () => (others?.(), restart()));
}

/**
 * `|a|b|`: each once, sorted; "" for none.
 *
 * @param {unknown[]} list
 */
function piped(list) {
  return list.length ? `|${[...new Set(list)].sort().join("|")}|` : "";
}

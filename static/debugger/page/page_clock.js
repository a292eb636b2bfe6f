/** @import { ClockSetting, Signal } from "../types" */
import { remember, remembered } from "../memory.js";

/** How far two clocks may be apart and still tell the same time: a message takes a while. */
const SAME = 3000;

/**
 * The page's own clock. While it is set, `Date` tells another time, either going on from there or standing still; timers go as
 * ever. While it is not, `Date` is the browser's own. It is set by a person for this tab, else by the server's world.
 * @param {Signal} signal
 * @param {string} world the world's time when the page was served: `offset <ms>` or `frozen <unix ms>`, or empty
 */
export function createPageClock(signal, world) {
  const Native = window.Date;
  /** @type {ClockSetting | null} */
  let own = remembered("sessionStorage", "clock");
  let served = servedSetting(world, Native.now());
  const told = () => timeBy(own ?? served, Native.now());
  const apply = () => {
    window.Date = (own ?? served) ? pretender(Native, told) : Native;
  };
  apply();
  return {
    view: () => ({ time: told(), real: Native.now(), set: (own ?? served) !== null, frozen: (own ?? served)?.frozen ?? false }),
    isOn: () => own !== null,
    /** @param {number | null} time unix milliseconds, or null for the world's time @param {boolean} [frozen] */
    set(time, frozen = false) {
      own = time === null ? null : { time, since: Native.now(), frozen };
      remember("sessionStorage", "clock", own);
      apply();
      signal.fire("override");
    },
    /**
     * Go by the world's clock; answers whether that is another time than before.
     * @param {{time: number, frozen: boolean} | null} setting
     */
    follow(setting) {
      const before = told();
      served = setting && { ...setting, since: Native.now() };
      apply();
      return Math.abs(told() - before) > SAME;
    },
  };
}

/** @param {string} world @param {number} now @returns {ClockSetting | null} */
function servedSetting(world, now) {
  const [mode, number = ""] = world.split(" ");
  if (mode === "frozen") return { time: Number(number), since: now, frozen: true };
  return mode === "offset" ? { time: now + Number(number), since: now, frozen: false } : null;
}

/** @param {ClockSetting | null} setting @param {number} now */
function timeBy(setting, now) {
  if (!setting) return now;
  return setting.frozen ? setting.time : now + setting.time - setting.since;
}

/**
 * A `Date` that differs from the browser's in what time it is, and in nothing else.
 * @param {DateConstructor} Native
 * @param {() => number} told
 * @returns {DateConstructor}
 */
function pretender(Native, told) {
  return new Proxy(Native, {
    construct: (target, given, newTarget) => Reflect.construct(target, given.length ? given : [told()], newTarget),
    apply: () => String(new Native(told())),
    get: (target, name, receiver) => (name === "now" ? told : Reflect.get(target, name, receiver)),
  });
}

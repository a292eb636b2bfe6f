/** @import { Answers, EventLog, Signal, TagWatch, Visitor } from "../types" */
import { deeds } from "./deeds.js";
import { firstAnswers } from "./first_answers.js";
import { createForce } from "./force_show.js";
import { lookAt } from "./looking.js";
import { currentTag } from "./page_globals.js";
import { configView, entityView, pageView } from "./page_view.js";
import { skipDelay } from "./skip_delay.js";
import { steadiness } from "./steadiness.js";
import { storageItems, storeItem } from "./storage_items.js";
import { widgetsView } from "./widgets_view.js";

/**
 * What the page answers to a source: the one place where sections reach it.
 * @param {{load: string, signal: Signal, log: EventLog, watch: TagWatch, visitor: Visitor, overrides: ReturnType<typeof import("./overrides.js").createOverrides>,
 *   clock: ReturnType<typeof import("./page_clock.js").createPageClock>, outlines: ReturnType<typeof import("./outlines.js").createOutlines>,
 *   keeping: ReturnType<typeof import("./kept_log.js").keepLogOver>, launch: import("../types").Launch, world: import("../types").WorldState,
 *   delays: import("./delays.js").Delays, visit?: Answers["visit"]}} page
 * @returns {Answers}
 */
export function answersOf({ load, signal, log, watch, visitor, overrides, clock, outlines, keeping, launch, world, delays, visit = (id) => visitor.become(id) }) {
  const force = createForce();
  const decideAgain = () => currentTag()?.loadEntity?.();
  return {
    page: () => pageView(watch, load),
    config: configView,
    look(place, name) {
      lookAt(place, name);
      watch.look();
      for (const topic of /** @type {const} */ (["entity", "decision"])) signal.fire(topic);
    },
    entity: entityView,
    widgets: () => widgetsView(log),
    steadiness,
    log: (since, epoch) => log.since(since, epoch),
    clearLog: () => log.clear(),
    addStored: (events) => events.forEach((stored) => log.store(stored)),
    keepsLog: () => keeping.isOn(),
    keepLog: (on) => keeping.set(on),
    storage: storageItems,
    store(area, key, value) {
      storeItem(area, key, value);
      signal.fire("storage");
    },
    decideAgain,
    persona: () => ({ id: visitor.persona(), busy: visitor.busy() }),
    become: (id) => visitor.become(id),
    visit,
    leave: () => visitor.leave(),
    reset: () => visitor.reset(),
    overrides: () => overrides.view(),
    override: (patch) => overrides.set(patch),
    clock: () => clock.view(),
    setClock(time, frozen) {
      clock.set(time, frozen);
      decideAgain();
    },
    async truth() {
      overrides.clear();
      if (clock.isOn()) clock.set(null);
      force.hide();
      if (visitor.persona() !== null) await visitor.leave();
      else decideAgain();
    },
    force: (id, options) => force.show(id, options),
    unforce: () => force.hide(),
    outlines: () => outlines.isOn(),
    outline(on) {
      outlines.show(on);
      signal.fire("override");
    },
    skipDelay: (id) => skipDelay(delays, id),
    ...deeds,
    ...firstAnswers({ launch, overrides, clock, tab: visitor, world }),
  };
}

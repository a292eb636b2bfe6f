/** @import { Answers, Launch, WorldState } from "../types" */

/**
 * What a page answers about itself before anything else of it is wanted: the badge and the launcher ask this on every page.
 * @param {{launch: Launch, overrides: {isOn(): boolean}, clock: {isOn(): boolean}, tab: {persona(): string | null}, world: WorldState}} page
 * @returns {Pick<Answers, "launch" | "pretends">}
 */
export function firstAnswers({ launch, overrides, clock, tab, world }) {
  return {
    launch: () => launch,
    pretends: () => ({ overrides: overrides.isOn(), clock: clock.isOn(), persona: tab.persona(), world }),
  };
}

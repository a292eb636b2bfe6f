import { element } from "../dom.js";

/** A place where it is said why something could not be done, and the way to do it. */
export function createActing() {
  const error = element("p", { class: "error", role: "alert" });
  return {
    error,
    /** @param {() => Promise<unknown>} work */
    act(work) {
      error.textContent = "";
      work().catch((/** @type {unknown} */ problem) => (error.textContent = problem instanceof Error ? problem.message : String(problem)));
    },
  };
}

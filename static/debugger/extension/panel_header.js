import { element } from "../dom.js";
import { mark } from "../mark.js";
import { helpLink } from "./screens.js";

/**
 * The panel's top: which site is in view, the switch of the whole extension, and help.
 * @param {(on: boolean) => void} turn
 */
export function createPanelHeader(turn) {
  const where = element("h2", {});
  const power = element("input", { type: "checkbox", role: "switch" });
  power.addEventListener("change", () => turn(power.checked));
  const node = element("header", {}, mark(), element("h1", {}, "Understudy"), where, element("label", { class: "power" }, power, "Extension on"), helpLink("Help"));
  return {
    node,
    /** @param {string | null} origin @param {boolean} on */
    show(origin, on) {
      where.textContent = origin ?? "";
      where.title = origin ?? "";
      power.checked = on;
    },
  };
}

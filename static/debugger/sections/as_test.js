/** @import { ExperienceRow } from "./experience_rows.js" */
import { decidingGate } from "./wording.js";

/**
 * A test for pytest and Playwright that holds when a widget fares as it does now, and says why when it does not.
 * @param {ExperienceRow} row
 * @param {string} address of the page, which says who visits it
 */
export function asTest({ id, label, verdict, decision }, address) {
  const gate = decision && decidingGate(decision);
  const name = id.toLowerCase().replace(/[^a-z0-9]+/g, "_").replace(/^_|_$/g, "");
  const lines = [
    `"""${label.replaceAll("\\", "").replaceAll('"', "'")}: as it was when this was written."""`,
    "",
    "from playwright.sync_api import Page",
    "",
    "",
    `def test_${name}_is_${verdict.replaceAll(" ", "_")}(page: Page) -> None:`,
    `    page.goto(${pythonText(address)})`,
    `    page.evaluate("() => window.__understudy__.ready()")`,
    `    found = page.evaluate("(id) => window.__understudy__.explain(id)", ${pythonText(id)})`,
    `    assert found["state"] == ${pythonText(verdict)}, found["reason"]`,
    ...(gate ? [`    assert found["stopped"]["gate"] == ${pythonText(gate.gate)}, found["reason"]`] : []),
    "",
  ];
  return lines.join("\n");
}

/** A text in Python, which reads JSON's as its own. @param {string} value */
function pythonText(value) {
  return JSON.stringify(value);
}

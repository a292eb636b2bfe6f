"""Milliseconds from saving a file to the change on the page, in a real browser."""

import time
from pathlib import Path
from typing import Any

from playwright.sync_api import Page, sync_playwright
from support.serving import Serving
from support.storefront import become, open_modal
from table import show, spread

from understudy.dev_tools.browser import find_browser

RUNS = 15
# Resolves with the epoch milliseconds at which the page shows what was saved.
WATCH = """([selector, property, wanted]) => {
  window.changed = new Promise((resolve) => {
    const read = () => {
      const node = document.querySelector(selector);
      const seen = node && (property ? getComputedStyle(node)[property] : node.textContent);
      if (seen === wanted) resolve(performance.timeOrigin + performance.now());
      else requestAnimationFrame(read);
    };
    read();
  });
}"""


def save_to_paint(page: Page, path: Path, text: str, watch: list[Any]) -> float:
    """Save `text` and wait for the page to show it."""
    page.evaluate(WATCH, watch)
    start = time.time() * 1000
    path.write_text(text, "utf-8")
    return float(page.evaluate("window.changed")) - start


def run(serving: Serving, workspace: Path) -> None:
    """Print the two swaps: a widget's headline, and the brand stylesheet."""
    widget, style = workspace / "widgets" / "vip-offer.yaml", workspace / "styles" / "brand.css"
    source, css = widget.read_text("utf-8"), style.read_text("utf-8")
    headline = next(line for line in source.splitlines() if line.strip().startswith("headline:"))
    indent = headline[: len(headline) - len(headline.lstrip())]
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=str(find_browser()))
        page = browser.new_page()
        page.goto(serving.url)
        become(page, "high_value")
        open_modal(page)
        texts, styles = [], []
        for number in range(RUNS):
            wanted = f"Headline {number}"
            changed = source.replace(headline, f"{indent}headline: {wanted}")
            texts.append(save_to_paint(page, widget, changed, ["#vip-offer .pf-widget-headline", "", wanted]))
            colour = f"rgb({number}, 1, 2)"
            styles.append(
                save_to_paint(
                    page, style, f"{css}\nbody {{ border-top-color: {colour}; }}\n", ["body", "borderTopColor", colour]
                )
            )
        browser.close()
    show(
        "Save to paint, milliseconds",
        ["edit", "runs", "median", "p95", "max"],
        [spread("headline of an open modal", texts), spread("brand stylesheet", styles)],
    )

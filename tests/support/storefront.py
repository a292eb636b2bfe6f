"""What a person does on the storefront: open the panel, become somebody, look, press."""

import re
from typing import Any

from playwright.sync_api import Locator, Page, expect

OFFER = "#vip-offer"


def open_panel(page: Page, section: str) -> Locator:
    """The panel, opened by its launcher if need be, at one of its sections."""
    panel = page.locator("understudy-debugger .panel")
    page.locator("understudy-debugger :is(.launcher, .panel):visible").wait_for()
    if not panel.is_visible():
        page.get_by_role("button", name="Open the Understudy debugger").click()
    tab = panel.get_by_role("tab", name=section)
    tab.click()
    expect(tab).to_have_attribute("aria-selected", "true")
    return panel


def close_panel(page: Page) -> None:
    """Close the panel by its button."""
    page.get_by_role("button", name="Close the debugger").click()


def become(page: Page, persona: str) -> None:
    """Choose a persona in the panel, by its label or the id of its file."""
    panel = open_panel(page, "Lab")
    card = panel.locator(f'[data-persona="{persona}"]')
    card.click()
    expect(card).to_have_text("Current")


def open_modal(page: Page) -> Locator:
    """The offer, once it has opened."""
    modal = page.locator(OFFER)
    expect(modal).to_have_class(re.compile(r"\bopened\b"))
    return modal


def settled(page: Page) -> None:
    """Wait until the tag has decided everything for this visitor: only then does "no widget" mean anything."""
    page.wait_for_function("() => window.jstag?.history?.().some(({ topic }) => topic === 'pathfora.publish.done')")


def stopped_by(page: Page, widget: str) -> list[Any]:
    """The gate that hides a widget, what it found and what it needed, from the SDK's own trace."""
    script = """(id) => window.pathfora.explain(id).gates.filter(({ pass }) => pass === false)
      .flatMap(({ gate, actual, required }) => [gate, actual, required])"""
    return list(page.evaluate(script, widget))

"""An experience with variations in the panel: which one the visitor has, and how to get another."""

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect
from support.serving import Serving, copy_storefront
from support.storefront import open_panel, settled

OFFER = """
label: Spring
campaign: season
stage: try
priority: 3
widget:
  type: message
  layout: slideout
  headline: Spring is here
  msg: Look around.
variations:
  - {label: Calm, weight: 3}
  - {label: Loud, widget: {headline: SPRING}}
"""


@pytest.fixture(scope="module")
def serving(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Serving]:
    workspace: Path = copy_storefront(tmp_path_factory.mktemp("variations") / "shop")
    (workspace / "widgets" / "spring.yaml").write_text(OFFER)
    with Serving(workspace) as serving:
        yield serving


def test_7_2_22_each_variation_has_its_own_trace_and_can_be_had(page: Page, serving: Serving) -> None:
    page.goto(serving.url)
    page.evaluate("localStorage.setItem('PathforaTest_spring', '0.1')")
    page.reload()
    settled(page)
    open_panel(page, "Personalization")
    card = page.locator('understudy-debugger [data-id="spring"]')
    expect(card).to_contain_text("campaign season · stage try · priority 3")
    expect(card.locator(".chip").first).to_have_text("shown")
    calm, loud = (card.locator(f'[data-variation="spring-{letter}"]') for letter in "ab")
    expect(calm.locator(".head")).to_contain_text("Calm · 75 %")
    expect(calm.locator(".chip").first).to_have_text("shown")
    expect(loud.locator(".chip").first).to_have_text("hidden")
    loud.get_by_text("What was checked").click()
    expect(loud.locator("tr.failing th")).to_have_text("abTest")
    loud.get_by_role("button", name="Get the variation Loud").click()
    expect(page.locator("#spring-b.opened")).to_be_attached()
    expect(page.locator("#spring-a.opened")).to_have_count(0)
    expect(loud.locator(".chip").first).to_have_text("shown")
    expect(calm.locator(".chip").first).to_have_text("hidden")
    expect(page.locator('understudy-debugger .card[data-id^="spring-"]')).to_have_count(0)


def test_7_2_13_a_variation_is_shown_by_force(page: Page, serving: Serving) -> None:
    page.goto(serving.url)
    settled(page)
    open_panel(page, "Personalization")
    loud = page.locator('understudy-debugger [data-variation="spring-b"]')
    loud.get_by_text("Show by force").click()
    loud.get_by_label("Layout").select_option("modal")
    loud.get_by_role("button", name="Show", exact=True).click()
    expect(page.locator(".pf-widget-modal", has_text=re.compile("SPRING"))).to_be_visible()

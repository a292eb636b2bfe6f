"""debugger.md 7.2, rank 15: in the panel, what every persona sees on this page."""

import re

from playwright.sync_api import Page, expect
from support.axe import violations
from support.storefront import become, open_panel

KEPT = """() => JSON.stringify([document.cookie,
  Object.entries(localStorage).filter(([key]) => key.startsWith("Pathfora"))])"""


def test_7_2_15_every_persona_visits_the_page_and_one_is_oneself_again(shop: Page) -> None:
    panel = open_panel(shop, "Lab")
    before = shop.evaluate(KEPT)
    panel.get_by_role("button", name="Try every persona here").click()
    expect(panel.get_by_text("3 personas tried.")).to_be_visible()
    table = panel.get_by_role("table").filter(has_text="Does not see, because of")
    expect(table.get_by_role("row")).to_have_count(5)
    high = table.get_by_role("row", name=re.compile("^High")).get_by_role("cell")
    expect(high.nth(0)).to_contain_text("vip-offer")
    new = table.get_by_role("row", name=re.compile("^First")).get_by_role("cell")
    expect(new.nth(0)).not_to_contain_text("vip-offer")
    expect(new.nth(1)).to_contain_text("vip-offer: audience")
    expect(panel.get_by_role("button", name="Current: Yourself")).to_be_visible()
    assert shop.evaluate(KEPT) == before
    assert violations(shop, "understudy-debugger") == []


def test_7_2_15_a_persona_is_that_persona_again_and_what_goes_wrong_is_said(shop: Page) -> None:
    become(shop, "returning")
    panel = open_panel(shop, "Lab")
    shop.route("**/__understudy__/api/persona", lambda route: route.fulfill(status=503, json={"message": "Full."}))
    start = panel.get_by_role("button", name="Try every persona here")
    start.click()
    group = panel.locator(".group", has=shop.get_by_role("button", name="Try every persona here"))
    expect(group.get_by_role("alert")).to_contain_text("Full.")
    expect(start).not_to_have_attribute("aria-disabled", "true")
    shop.unroute("**/__understudy__/api/persona")
    start.click()
    expect(panel.get_by_text("2 personas tried.")).to_be_visible()
    expect(group.get_by_role("row", name=re.compile("as now"))).to_have_count(1)
    expect(panel.get_by_role("button", name=re.compile("^Current: Returning"))).to_be_visible()

"""What the panel hands over to others: links that bring somebody here, tests, and what lint says of a widget."""

import json
import time
from pathlib import Path
from urllib.parse import parse_qs, quote, urlsplit

import pytest
from playwright.sync_api import BrowserContext, Page, expect
from support.serving import Serving
from support.storefront import become, open_panel, settled

COPIED = """async (label) => {
  const workspace = document.querySelector("understudy-debugger").shadowRoot;
  const buttons = () => [...workspace.querySelectorAll('[data-id="vip-offer"] button')];
  const find = () => buttons().find((one) => one.textContent === label);
  while (!find()) await new Promise((go) => requestAnimationFrame(go));
  let text = "";
  navigator.clipboard.writeText = async (given) => void (text = given);
  find().click();
  while (!text) await new Promise((go) => requestAnimationFrame(go));
  return text;
}"""


def card_of(page: Page) -> None:
    panel = open_panel(page, "Personalization")
    panel.locator('[data-id="vip-offer"]').get_by_text("Link and test").click()


def test_7_2_12_a_link_brings_somebody_else_to_the_same_sight(shop: Page, context: BrowserContext) -> None:
    become(shop, "high_value")
    card_of(shop)
    link = shop.evaluate(COPIED, "Copy link to this")
    asked = parse_qs(urlsplit(link).query)
    assert asked["understudy-persona"] == ["high_value"]
    assert 0 < int(asked["understudy-until"][0]) - time.time() * 1000 <= 86_400_000
    other = context.browser.new_page() if context.browser else context.new_page()
    other.goto(link)
    settled(other)
    panel = other.locator("understudy-debugger .panel")
    expect(panel.get_by_role("tab", name="Personalization")).to_have_attribute("aria-selected", "true")
    expect(panel.get_by_label("Find a widget")).to_have_value("vip-offer")
    expect(panel.locator('[data-id="vip-offer"] .chip').first).to_have_text("shown")
    assert "understudy" not in other.url
    other.close()


def test_7_2_12_what_is_pretended_goes_with_the_link_and_old_ones_do_nothing(page: Page, serving: Serving) -> None:
    wanted = quote(json.dumps({"enter": ["high_value"], "referrer": "https://search.example/"}))
    page.goto(f"{serving.url}?understudy-pretend={wanted}&understudy-until={int(time.time() * 1000) + 60_000}")
    settled(page)
    expect(page.locator("#vip-offer")).to_have_count(1)
    assert page.evaluate("document.referrer") == "https://search.example/"
    expect(page.locator("understudy-debugger .badge")).to_contain_text("profile overridden")
    page.get_by_role("button", name="Back to the truth").click()
    expect(page.locator("understudy-debugger .badge")).to_be_hidden()
    page.goto(f"{serving.url}?understudy-pretend={wanted}&understudy-until=1000")
    expect(page.get_by_text("This link was good until")).to_be_visible()
    assert page.evaluate("sessionStorage.getItem('understudy:overrides')") is None
    page.goto(f"{serving.url}?understudy-pretend={quote(json.dumps({'enter': 'all'}))}")
    expect(page.get_by_text('What the address pretends is not right: enter is "all".')).to_be_visible()


@pytest.mark.parametrize("persona", [None, "high_value"])
def test_7_2_18_a_verdict_becomes_a_test_that_holds_and_can_fail(shop: Page, persona: str | None) -> None:
    if persona:
        become(shop, persona)
        shop.locator("#vip-offer").wait_for()
    card_of(shop)
    text = shop.evaluate(COPIED, "Copy as a test")
    written: dict[str, object] = {}
    exec(compile(text, "written", "exec"), written)
    name = "test_vip_offer_is_" + ("shown" if persona else "hidden")
    test = written[name]
    assert callable(test)
    shop.evaluate("sessionStorage.clear(); localStorage.clear()")
    test(shop)
    changed = text.replace('"state"] == "', '"state"] == "not ')
    exec(compile(changed, "written", "exec"), written)
    with pytest.raises(AssertionError, match=r"\S"):
        written[name](shop)  # type: ignore[operator]


def test_7_2_16_what_lint_says_of_a_widget_stands_on_its_card(page: Page, serving: Serving, workspace: Path) -> None:
    file = workspace / "widgets" / "vip-offer.yaml"
    before = file.read_text("utf-8")
    page.goto(serving.url)
    settled(page)
    card = open_panel(page, "Personalization").locator('[data-id="vip-offer"]')
    expect(card).to_be_visible()
    try:
        file.write_text(before.replace("layout: modal", "layout: modall"), "utf-8")
        expect(card.locator(".finding")).to_contain_text("modall")
    finally:
        file.write_text(before, "utf-8")
    expect(card.locator(".finding")).to_have_count(0)


def test_7_2_25_what_the_page_did_until_the_widget_came_is_said(shop: Page) -> None:
    become(shop, "high_value")
    shop.locator("#vip-offer").wait_for()
    body = open_panel(shop, "Status").get_by_role("tabpanel", name="Status")
    for name in (
        "First paint",
        "Tag loaded",
        "Profile loaded",
        "First widget shown",
        "The page was seen without it for",
    ):
        expect(body.locator("dt", has_text=name)).to_be_visible()
    expect(body.locator("dt", has_text="Layout shift")).to_be_visible()


def test_7_2_1_a_closed_widget_says_who_closed_it(shop: Page) -> None:
    become(shop, "high_value")
    modal = shop.locator("#vip-offer")
    modal.wait_for()
    shop.evaluate("document.querySelector('#vip-offer .pf-widget-close').click()")
    card = open_panel(shop, "Personalization").locator('[data-id="vip-offer"]')
    expect(card.locator(".reason").first).to_have_text("Closed: the visitor closed it.")


def test_7_2_26_the_page_s_content_and_what_would_be_recommended(shop: Page) -> None:
    body = open_panel(shop, "Personalization").get_by_role("tabpanel", name="Personalization")
    body.get_by_text("Content of this page and recommendations").click()
    expect(body.get_by_text("Recommended to this visitor, best first")).to_be_visible()
    expect(body.get_by_text("This page", exact=True)).to_be_visible()
    first = body.locator("ul.plain li", has_text="·").first
    first.locator("summary").first.click()
    expect(first).to_contain_text("confidence")
    answer = shop.request.get(f"{shop.url}__understudy__/api/content?url=/nowhere").json()
    assert answer["document"] is None
    assert answer["recommended"]


def test_7_2_13_a_widget_opens_in_a_window_of_a_phone_s_size_or_it_is_said_that_it_cannot(shop: Page) -> None:
    card = open_panel(shop, "Personalization").locator('[data-id="vip-offer"]')
    card.get_by_text("Show by force").click()
    with shop.expect_popup() as opened:
        card.get_by_role("button", name="On a phone").click()
    window = opened.value
    window.locator(".store-offer.opened").wait_for(state="attached")
    assert window.evaluate("innerWidth") == 390
    window.close()
    shop.evaluate("window.open = () => null")
    card.get_by_role("button", name="On a phone").click()
    expect(card.get_by_role("alert")).to_contain_text("The browser kept the window back: allow this site")

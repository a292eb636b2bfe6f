"""The story that the README tells, on a real server and in a real browser: nothing in the loop is a double."""

import json
import urllib.request

import pytest
from playwright.sync_api import Page, Route, expect
from support.serving import Serving
from support.storefront import OFFER, become, close_panel, open_modal, open_panel, settled, stopped_by

UID = "persona-high_value"


def api(serving: Serving, path: str) -> dict[str, object]:
    with urllib.request.urlopen(f"{serving.url}__understudy__/api/{path}") as response:
        return dict(json.load(response))


def test_an_anonymous_visitor_sees_no_offer_and_why(shop: Page) -> None:
    expect(shop.locator(OFFER)).to_have_count(0)
    gate, segments, wanted = stopped_by(shop, "vip-offer")
    assert (gate, wanted, wanted in segments) == ("audience", "high_value", False)
    panel = open_panel(shop, "Personalization")
    expect(panel).to_contain_text('The visitor is not in "high_value"')
    expect(panel).to_contain_text("Not published: status is draft")


def test_a_persona_brings_the_offer_at_once_with_its_reason(shop: Page) -> None:
    shop.evaluate("window.stillHere = true")
    become(shop, "high_value")
    open_modal(shop)
    assert shop.evaluate("window.stillHere"), "the page was loaded again"
    panel = open_panel(shop, "Personalization")
    expect(panel).to_contain_text("Shown")
    expect(shop.locator("understudy-debugger .badge")).to_contain_text("High value")


def test_a_press_is_sent_stored_and_counted(shop: Page, serving: Serving) -> None:
    become(shop, "high_value")
    modal = open_modal(shop)
    close_panel(shop)
    modal.locator(".pf-widget-ok").click()
    expect(modal).to_have_count(0)
    panel = open_panel(shop, "Activity")
    for event in ("show", "confirm"):
        expect(panel.locator(".row", has_text=f"{event} vip-offer")).to_contain_text("stored")
    panel = open_panel(shop, "Profile")
    expect(panel).to_contain_text("ly_conversions")
    listed = api(serving, f"profile?uid={UID}")["fields"]
    assert isinstance(listed, list)
    fields = {field["name"]: field["value"] for field in listed}
    assert fields["ly_impressions"] == {"vip-offer": 1}
    assert fields["ly_conversions"] == {"vip-offer": 1}


def test_the_limit_holds_over_reloads(shop: Page) -> None:
    become(shop, "high_value")
    open_modal(shop)
    shop.reload()
    open_modal(shop)
    shop.reload()
    settled(shop)
    expect(shop.locator(OFFER)).to_have_count(0)
    assert stopped_by(shop, "vip-offer") == ["impressions", {"limit": "widget.session", "found": 2}, 2]
    expect(open_panel(shop, "Personalization")).to_contain_text("Shown 2 of 2 times in this session")


def test_back_to_oneself_takes_the_offer_away(shop: Page) -> None:
    own = shop.evaluate("window.jstag.getCookie('seerid')")
    become(shop, "high_value")
    open_modal(shop)
    become(shop, "")
    expect(shop.locator(OFFER)).to_have_count(0)
    assert shop.evaluate("window.jstag.getCookie('seerid')") == own


def test_reset_forgets_the_visitor(shop: Page, serving: Serving) -> None:
    own = shop.evaluate("window.jstag.getCookie('seerid')")
    panel = open_panel(shop, "Lab")
    panel.get_by_role("button", name="Reset visitor").click()
    shop.wait_for_function("(own) => ![own, '', null].includes(window.jstag.getCookie('seerid'))", arg=own)
    assert api(serving, f"events?uid={own}")["events"] == []


def test_it_can_all_be_done_with_the_keyboard(shop: Page) -> None:
    shop.keyboard.press("Alt+Shift+U")
    panel = shop.locator("understudy-debugger .panel")
    expect(panel).to_be_visible()
    expect(panel.get_by_role("tab", selected=True)).to_be_focused()
    while panel.get_by_role("tab", name="Lab").get_attribute("aria-selected") != "true":
        shop.keyboard.press("ArrowRight")
    choose = panel.locator('[data-persona="high_value"]')
    choose.focus()
    shop.keyboard.press("Enter")
    modal = open_modal(shop)
    expect(modal.locator(":focus")).to_have_count(1)
    shop.keyboard.press("Escape")
    expect(modal).to_have_count(0)
    expect(choose).to_be_focused()
    shop.keyboard.press("Escape")
    expect(panel).to_be_hidden()


@pytest.mark.parametrize("size", [{"width": 320, "height": 640}, {"width": 1280, "height": 800}])
def test_it_fits_the_screen(page: Page, serving: Serving, size: dict[str, int]) -> None:
    page.set_viewport_size(size)  # type: ignore[arg-type]
    page.goto(serving.url)
    become(page, "high_value")
    close_panel(page)
    content = open_modal(page).locator(".pf-widget-content").bounding_box()
    assert content is not None
    assert content["x"] >= 0
    assert content["x"] + content["width"] <= size["width"]
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")


def test_a_slow_profile_delays_the_offer_and_nothing_else(page: Page, serving: Serving) -> None:
    held: list[Route] = []
    page.route("**/api/personalize/**", lambda route: held.append(route))
    page.goto(serving.url)
    expect(page.get_by_role("heading", level=1)).to_be_visible()
    page.wait_for_function("() => window.pathfora?.explain?.('vip-offer')?.verdict === 'waiting'")
    assert page.evaluate("window.pathfora.explain('vip-offer').reason") == "Waiting: profile is not known yet"
    for route in held:
        route.continue_()
    page.wait_for_function("() => window.pathfora.explain('vip-offer').verdict === 'hidden'")


def test_pages_load_without_an_error_in_the_console(page: Page, serving: Serving) -> None:
    said: list[str] = []
    page.on("console", lambda message: said.append(message.text) if message.type in {"error", "warning"} else None)
    page.on("pageerror", lambda error: said.append(str(error)))
    for path in ("", "product"):
        page.goto(serving.url + path)
        settled(page)
    assert said == []

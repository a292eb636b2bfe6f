"""debugger.md 7.2, rank 8: what a widget waits for is done for it, by the buttons of its card."""

import re
from pathlib import Path

import pytest
from playwright.sync_api import Locator, Page, expect
from support.serving import STOREFRONT
from support.storefront import open_panel

SETTINGS = 'account = "deeds"\n[tag.entity]\npreload = true\n'
PAGE = """<!doctype html><html lang="en"><head><title>Deeds</title>SNIPPET</head><body><main><h1>Deeds</h1>
<p id="deep" style="margin-top: 3000px">Deep</p><p style="margin-top: 3000px">End</p></main></body></html>"""
WIDGET = """
label: {name}
widget: {{type: message, layout: slideout, headline: {name}, msg: Hello, displayConditions: {condition}}}
"""
LONG = "showDelay: 600"
WIDGETS = {
    "late": f"{{{LONG}}}",
    "later-still": "{showDelay: 900}",
    "pulled": f"{{manualTrigger: true, {LONG}}}",
    "left": f"{{showOnExitIntent: true, {LONG}}}",
    "seen": "{displayWhenElementVisible: '#deep'}",
    "scrolled": "{scrollPercentageToDisplay: 90}",
}
COUNT = "(id) => JSON.parse(localStorage.getItem(`PathforaImpressions_${id}`))?.$.split('|')[0] ?? null"


@pytest.fixture(scope="module")
def workspace(tmp_path_factory: pytest.TempPathFactory) -> Path:
    root = tmp_path_factory.mktemp("deeds")
    for folder in ("widgets", "pages"):
        (root / folder).mkdir()
    (root / "understudy.toml").write_text(SETTINGS)
    for name, condition in WIDGETS.items():
        (root / "widgets" / f"{name}.yaml").write_text(WIDGET.format(name=name, condition=condition))
    storefront = (STOREFRONT / "pages/index.html").read_text("utf-8")
    snippet = next(one for one in re.findall(r"<script>.*?</script>", storefront, re.DOTALL) if "jstag" in one)
    (root / "pages" / "index.html").write_text(PAGE.replace("SNIPPET", snippet.replace("storefront", "deeds")))
    return root


def card(page: Page, name: str) -> Locator:
    return page.locator(f'understudy-debugger [data-id="{name}"]')


def press(page: Page, name: str, button: str) -> None:
    card(page, name).get_by_role("button", name=button, exact=True).click()


def test_7_2_8_a_delay_is_skipped_and_the_showing_is_the_real_one(shop: Page) -> None:
    open_panel(shop, "Personalization")  # they wait since long before
    expect(card(shop, "late").locator(".remedy")).to_have_text("It would appear in 10 minutes.")
    expect(card(shop, "late").get_by_role("button", name="Go to that time")).to_have_count(0)
    with shop.expect_request(lambda request: "pf-widget-event=show" in request.url and "late" in request.url):
        press(shop, "late", "Skip the delay")
    expect(card(shop, "late").locator(".chip").first).to_have_text("shown")
    expect(shop.locator("#late")).to_have_count(1)
    assert shop.evaluate(COUNT, "late") == "1"
    expect(shop.locator("#later-still")).to_have_count(0)
    press(shop, "later-still", "Skip the delay")
    expect(shop.locator("#later-still")).to_have_count(1)
    assert [shop.evaluate(COUNT, name) for name in ("late", "later-still", "pulled")] == ["1", "1", None]


def test_7_2_8_a_delay_after_another_condition_is_skipped_once_that_holds(shop: Page) -> None:
    open_panel(shop, "Personalization")
    for name, first in {"pulled": "Pull the trigger", "left": "Leave the page"}.items():
        expect(card(shop, name).get_by_role("button", name="Skip the delay")).to_have_count(0)
        press(shop, name, first)
        press(shop, name, "Skip the delay")
        expect(shop.locator(f"#{name}")).to_have_count(1)
        assert shop.evaluate(COUNT, name) == "1"


def test_7_2_8_a_delay_that_cannot_be_skipped_is_said(shop: Page) -> None:
    open_panel(shop, "Personalization")
    skip = card(shop, "late").get_by_role("button", name="Skip the delay")
    expect(skip).to_be_visible()
    waiting = shop.evaluate("pathfora.explain('late')")
    shop.evaluate("pathfora.explain = () => []")  # it has gone since the card was drawn
    skip.click()
    alert = card(shop, "late").get_by_role("alert")
    expect(alert).to_have_text('"late" does not wait for a delay now: it is not decided on.')
    shop.evaluate("(one) => { pathfora.explain = () => [one] }", {**waiting, "id": "scrolled"})
    shop.evaluate("dispatchEvent(new Event('pathfora:decision'))")
    press(shop, "scrolled", "Skip the delay")
    alert = card(shop, "scrolled").get_by_role("alert")
    expect(alert).to_contain_text('The debugger did not see "scrolled" begin to wait')
    expect(shop.locator("#late")).to_have_count(0)


def test_7_2_8_timers_of_the_page_stay_the_browsers_own(shop: Page) -> None:
    assert shop.evaluate("String(setTimeout).includes('[native code]') && setTimeout.name === 'setTimeout'")
    assert shop.evaluate(
        """() => {
          const told = { id: "x", verdict: "waiting", gates: [{ gate: "showDelay", pass: null, required: 5 }] };
          const before = window.setTimeout;
          dispatchEvent(new CustomEvent("pathfora:decision", { detail: told }));
          const during = window.setTimeout;
          return Promise.resolve().then(() => [during !== before, window.setTimeout === before]);
        }"""
    ) == [True, True]


@pytest.mark.parametrize("name", ["seen", "scrolled"])
def test_7_2_8_the_page_is_scrolled_to_where_a_widget_appears(shop: Page, name: str) -> None:
    open_panel(shop, "Personalization")
    expect(shop.locator(f"#{name}")).to_have_count(0)
    press(shop, name, "Scroll there")
    expect(card(shop, name).locator(".chip").first).to_have_text("shown")
    expect(shop.locator(f"#{name}")).to_have_count(1)

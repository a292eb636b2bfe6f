"""Variations written in a workspace, from the file to what is stored of them (platform.md 2.7, widgets.md 4.5)."""

import json
import urllib.request
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect
from support.serving import Serving, copy_storefront
from support.storefront import settled

OFFER = """\
label: Offer
widget: {type: message, layout: slideout, headline: Old, okMessage: Take it}
variations:
  - widget: {headline: First}
  - {label: Slow, weight: 3, widget: {headline: Second, position: bottom-right}}
"""
KEY = "PathforaTest_offer"


@pytest.fixture(scope="module")
def workspace(tmp_path_factory: pytest.TempPathFactory) -> Path:
    root = copy_storefront(tmp_path_factory.mktemp("variations") / "storefront")
    for path in (root / "widgets").iterdir():
        path.unlink()
    (root / "widgets" / "offer.yaml").write_text(OFFER)
    return root


@pytest.fixture(params=["whole", "own"], scope="module")
def visitor(browser: Browser, serving: Serving, request: pytest.FixtureRequest) -> Iterator[BrowserContext]:
    """A visitor of a page with the whole SDK, or with the one that has just what the experiences need."""
    context = browser.new_context()
    if request.param == "own":
        own = f"{serving.url}__understudy__/sdk/storefront.js"
        context.route("**/static/pathfora*.js", lambda route: route.continue_(url=own))
    yield context
    context.close()


def shown(page: Page, serving: Serving, drawn: float | None = None) -> str:
    """The id of the only widget that a visit shows; `drawn` is what an earlier visit has drawn."""
    if drawn is not None:
        page.goto(f"{serving.url}styles/brand.css")
        page.evaluate("([key, value]) => localStorage.setItem(key, value)", [KEY, str(drawn)])
    page.goto(serving.url)
    settled(page)
    widget = page.locator(".pf-widget")
    expect(widget).to_have_count(1)
    return str(widget.get_attribute("id"))


def test_2_7_each_visitor_gets_one_variation_and_keeps_it(visitor: BrowserContext, serving: Serving) -> None:
    page = visitor.new_page()
    first = shown(page, serving)
    drawn = float(page.evaluate("(key) => JSON.parse(localStorage.getItem(key)).$", KEY))
    assert first == ("offer-a" if drawn <= 0.25 else "offer-b")
    assert [shown(page, serving) for _ in range(2)] == [first, first]
    other = 0.9 if first == "offer-a" else 0.1
    assert shown(page, serving, other) == ("offer-b" if first == "offer-a" else "offer-a")
    trace = page.evaluate("(id) => pathfora.explain?.(id)?.gates.filter(({ gate }) => gate === 'abTest')", first)
    assert [gate["pass"] for gate in trace] == [False]
    page.close()


def test_2_7_weights_say_how_many_get_each(visitor: BrowserContext, serving: Serving) -> None:
    page = visitor.new_page()
    assert shown(page, serving, 0.24) == "offer-a"
    assert page.evaluate("pathfora.getDataObject().abTestingGroups.offer") == 0
    expect(page.locator("#offer-a .pf-widget-headline")).to_have_text("First")
    assert shown(page, serving, 0.26) == "offer-b"
    assert page.evaluate("pathfora.getDataObject().abTestingGroups.offer") == 1
    page.close()


def test_2_7_a_profile_that_is_loaded_again_changes_nothing(page: Page, serving: Serving) -> None:
    assert shown(page, serving, 0.1) == "offer-a"
    failures: list[str] = []
    page.on("console", lambda message: failures.append(message.text) if message.type in {"error", "warning"} else None)
    page.evaluate("""() => new Promise((done) => {
      jstag.call('entityReady', () => {
        jstag.on('pathfora.publish.done', () => setTimeout(done));
        jstag.loadEntity();
      });
    })""")
    expect(page.locator(".pf-widget")).to_have_count(1)
    expect(page.locator("#offer-a")).to_have_count(1)
    assert failures == []


def test_2_7_what_is_sent_and_stored_has_the_variations_id(visitor: BrowserContext, serving: Serving) -> None:
    page = visitor.new_page()
    assert shown(page, serving, 0.7) == "offer-b"
    page.locator("#offer-b .pf-widget-ok").click()
    expect(page.locator("#offer-b")).to_have_count(0)
    uid = page.evaluate("new Promise((tell) => jstag.getid(tell))")

    def fields() -> dict[str, object]:
        with urllib.request.urlopen(f"{serving.url}__understudy__/api/profile?uid={uid}") as response:
            return {field["name"]: field["value"] for field in json.load(response)["fields"]}

    page.wait_for_function(
        """(url) => fetch(url).then((answer) => answer.text()).then((text) => text.includes('ly_conversions'))""",
        arg=f"{serving.url}__understudy__/api/profile?uid={uid}",
    )
    conversions, impressions = fields()["ly_conversions"], fields()["ly_impressions"]
    assert conversions == {"offer-b": 1}
    assert isinstance(impressions, dict)
    assert impressions["offer-b"] >= 1
    page.close()


def test_2_7_an_edited_variation_changes_in_place(page: Page, serving: Serving, workspace: Path) -> None:
    assert shown(page, serving, 0.1) == "offer-a"
    (workspace / "widgets" / "offer.yaml").write_text(OFFER.replace("First", "Newer"))
    expect(page.locator("#offer-a .pf-widget-headline")).to_have_text("Newer")
    (workspace / "widgets" / "offer.yaml").write_text(OFFER.replace("headline: First", "headline: First, layout: bar"))
    expect(page.locator("#offer-a.pf-widget-bar")).to_have_count(1)
    expect(page.locator(".pf-widget")).to_have_count(1)
    (workspace / "widgets" / "offer.yaml").write_text(OFFER)


def test_2_6_an_open_page_follows_what_the_api_changes(page: Page, serving: Serving) -> None:
    assert shown(page, serving, 0.1) == "offer-a"
    where = f"{serving.url}api/experience/offer"

    def patch(query: str, body: dict[str, object]) -> None:
        assert page.request.patch(where + query, data=body).status == 200

    patch("?update_state", {"state": {"status": "unpublished"}})
    expect(page.locator(".pf-widget")).to_have_count(0)
    patch("", {"vehicle": {"detail_override": {"okMessage": "Now"}}, "state": {"status": "published"}})
    expect(page.locator("#offer-a .pf-widget-ok")).to_have_text("Now")
    expect(page.locator(".pf-widget")).to_have_count(1)
    assert page.request.delete(f"{serving.url}__understudy__/api/experiences/offer").status == 200
    expect(page.locator("#offer-a .pf-widget-ok")).to_have_text("Take it")

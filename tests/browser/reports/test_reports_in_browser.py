"""Reports in a browser: what a visitor did is in them, and everybody can read them (platform.md 2.4)."""

import json
import random
import time
import urllib.request
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import urlencode

import pytest
from playwright.sync_api import ConsoleMessage, Page, expect
from support.axe import violations
from support.serving import Serving, copy_storefront
from support.storefront import settled

DAY = 86_400_000
# Two lines, a note, links without UTM: what else a page may have to show.
DUEL = """label: Which of two very long headlines sells the course in glazing by a river
campaign: autumn
audience: nobody_knows
variations: [{label: Question}, {label: Promise, widget: {okMessage: Go}}]
widget: {type: message, layout: modal, msg: '<a href="https://courses.test/glaze">course</a>', okMessage: Book}
"""


def made_up(now: float) -> Iterator[dict[str, str]]:
    """A fortnight of visits; the same ones each time."""
    dice = random.Random(7)
    for visitor in range(120):
        moment, uid = now - dice.random() * 14 * DAY, f"v{visitor}"
        yield {"_uid": uid, "_e": "pv", "url": "127.0.0.1/", "_ref": "https://news.test/", "_ts": f"{moment:.0f}"}
        for widget in ("vip-offer", "duel-a", "duel-b"):
            for kind in ("show", dice.choice(("confirm", "close", "cancel", "hover"))):
                names = {"pf-widget-id": widget, "pf-widget-event": kind, "pf-widget-type": "message"}
                yield {"_uid": uid, **names, "_ts": f"{moment + 1000:.0f}"}


@pytest.fixture(scope="module")
def serving(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Serving]:
    root = copy_storefront(Path(tmp_path_factory.mktemp("reports")) / "storefront")
    (root / "widgets" / "duel.yaml").write_text(DUEL)
    with Serving(root) as serving:
        body = json.dumps(list(made_up(time.time() * 1000))).encode()
        url = f"{serving.url}collect/json/default?{urlencode({'timestamp_field': '_ts'})}"
        with urllib.request.urlopen(urllib.request.Request(url, body, {"Content-Type": "application/json"})) as answer:
            assert json.load(answer)["data"]["rejected_count"] == 0
        yield serving


@pytest.fixture
def reports(page: Page, serving: Serving) -> Iterator[str]:
    """Where reports are; nothing may be said in the console, for a policy that is broken is said there."""
    said: list[ConsoleMessage] = []
    page.on("console", lambda message: said.append(message))
    yield f"{serving.url}__understudy__/reports"
    assert [message.text for message in said] == []


@pytest.mark.parametrize(("width", "scheme"), [(1280, "light"), (1280, "dark"), (390, "light"), (320, "dark")])
def test_2_4_reports_are_for_everybody(page: Page, reports: str, width: int, scheme: str) -> None:
    page.emulate_media(color_scheme="dark" if scheme == "dark" else "light")
    page.set_viewport_size({"width": width, "height": 800})
    for path in ("/", "/duel", "/insights"):
        page.goto(reports + path)
        for details in page.locator("details").all():
            details.evaluate("(each) => { each.open = true; }")
        assert violations(page, "html", without=()) == [], path
        assert page.evaluate("document.documentElement.scrollWidth <= innerWidth"), path


def test_2_4_a_report_is_read_with_the_keyboard(page: Page, reports: str) -> None:
    page.goto(f"{reports}/")
    page.keyboard.press("Tab")
    expect(page.get_by_role("link", name="Skip to the report")).to_be_focused()
    page.keyboard.press("Enter")
    expect(page.locator("main")).to_be_focused()
    page.goto(f"{reports}/duel")
    page.get_by_text("Reached visitors as a table").focus()
    page.keyboard.press("Enter")
    table = page.get_by_role("region", name="Reached visitors as a table")
    expect(table).to_be_visible()
    page.keyboard.press("Tab")
    expect(table).to_be_focused()  # so the keys scroll it
    page.keyboard.press("End")
    page.wait_for_function("() => document.activeElement.scrollTop > 0")


def test_2_4_from_the_overview_to_a_week_of_one_experience(page: Page, reports: str) -> None:
    page.goto(f"{reports}/")
    page.get_by_role("link", name="Offer for our best customers").click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("Offer for our best customers")
    expect(page.get_by_role("img")).to_have_count(3)
    assert page.get_by_role("img").first.get_attribute("aria-label", timeout=1000) is not None
    page.get_by_role("link", name="7 days").click()
    expect(page.get_by_role("link", name="7 days")).to_have_attribute("aria-current", "true")
    lines = page.locator("path.line").evaluate_all("(all) => all.map((each) => each.getBoundingClientRect().width)")
    assert max(lines) > 100  # they are drawn as wide as there is room
    page.get_by_role("link", name="All reports").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Reports")


def test_2_5_an_audience_is_downloaded(page: Page, reports: str, tmp_path: Path) -> None:
    page.goto(f"{reports}/duel")
    page.get_by_text("All variations", exact=True).click()
    with page.expect_download() as download:
        page.get_by_role("link", name="audiences/duel_not_converted.fql").click()
    assert download.value.suggested_filename == "duel_not_converted.fql"
    download.value.save_as(tmp_path / "a.fql")
    assert (tmp_path / "a.fql").read_text().startswith("FILTER AND (OR (")


def test_2_4_a_press_on_a_page_is_in_the_report(page: Page, serving: Serving) -> None:
    reports = f"{serving.url}__understudy__/reports"

    def figures() -> list[int]:
        page.goto(f"{reports}/vip-offer")
        cells = page.locator("tbody tr").first.locator("td").all_inner_texts()
        return [int(cell) for cell in (cells[0], cells[1], cells[5])]  # reached, converted, shown

    reached, converted, shown = figures()
    page.goto(serving.url)
    settled(page)
    offer = {"id": "vip-offer", "layout": "modal", "msg": "Fifteen percent", "okMessage": "Use it"}
    with page.expect_response(lambda answer: "pf-widget-event=show" in answer.url and answer.ok):
        page.evaluate("(offer) => pathfora.initializeWidgets([new pathfora.Message(offer)])", offer)
    with page.expect_response(lambda answer: "pf-widget-event=confirm" in answer.url and answer.ok):
        page.locator("#vip-offer .pf-widget-ok").click()
    assert figures() == [reached + 1, converted + 1, shown + 1]

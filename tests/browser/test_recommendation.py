"""A visitor is offered what goes with the pages they have looked at, and an author sees a draft: on a real server."""

from collections.abc import Callable
from pathlib import Path
from urllib.parse import unquote

import pytest
from playwright.sync_api import BrowserContext, Locator, Page, Response, expect
from support.serving import Serving, copy_storefront
from support.storefront import settled

VERDICTS = "['studio-sale-a', 'studio-sale-b'].map((id) => window.pathfora?.explain?.(id)?.verdict ?? null)"
UNIT = "#reading .pf-content-unit"
BOWL = """<!doctype html><html lang="en"><head><title>Oat breakfast bowl</title>
<meta name="lytics:topics" content="Bowls">
<script src="/api/tag/storefront/latest.min.js"></script><script>jstag.init(); jstag.pageView();</script>
</head><body><h1>Oat breakfast bowl</h1></body></html>"""


@pytest.fixture(scope="module")
def workspace(tmp_path_factory: pytest.TempPathFactory) -> Path:
    root = copy_storefront(tmp_path_factory.mktemp("content") / "storefront")
    (root / "pages" / "bowl.html").write_text(BOWL)
    return root


def stored(path: str) -> Callable[[Response], bool]:
    """Whether an answer says that the view of a page was stored."""

    def is_it(answer: Response) -> bool:
        event = unquote(answer.url + (answer.request.post_data or ""))
        return "/c/storefront" in answer.url and answer.ok and "_e=pv" in event and f"/{path}" in event

    return is_it


def look_at(page: Page, serving: Serving, path: str) -> None:
    """Open a page, and wait until the server has stored that it was seen."""
    with page.expect_response(stored(path)):
        page.goto(serving.url + path)


def recommended(page: Page, serving: Serving) -> Locator:
    """The recommendation on the home page."""
    page.goto(serving.url)
    unit = page.locator(UNIT)
    expect(unit).to_be_visible()
    return unit


def test_3_7_a_document_of_the_topic_of_the_pages_seen(page: Page, serving: Serving, context: BrowserContext) -> None:
    look_at(page, serving, "product.html")
    assert page.evaluate("window.pathfora?.explain?.('reading')?.verdict") != "shown"
    unit = recommended(page, serving)
    expect(unit.locator("h4")).to_have_text("Why iron blue breaks to brown")
    expect(unit).to_have_attribute("href", f"{serving.url}journal/iron-blue.html")

    context.clear_cookies()
    page.evaluate("() => { localStorage.clear(); sessionStorage.clear(); }")
    look_at(page, serving, "bowl.html")
    unit = recommended(page, serving)
    expect(unit.locator("h4")).to_have_text("Bread in a stoneware bowl")

    with page.expect_response(stored("journal/bread-bowl.html")):
        unit.click()
    expect(page).to_have_url(f"{serving.url}journal/bread-bowl.html")
    expect(recommended(page, serving).locator("h4")).to_have_text("Why iron blue breaks to brown")


def test_3_7_an_edited_page_is_recommended_for_what_it_is_about_now(
    page: Page, serving: Serving, workspace: Path
) -> None:
    look_at(page, serving, "bowl.html")
    article = workspace / "pages" / "journal" / "oat.html"
    article.write_text('<title>Oats</title><meta name="lytics:topics" content="Bowls">')
    (workspace / "pages" / "journal" / "bread-bowl.html").unlink()
    expect(recommended(page, serving).locator("h4")).to_have_text("Oats")


def test_5_6_the_tag_asks_for_the_same(page: Page, serving: Serving) -> None:
    look_at(page, serving, "product.html")
    settled(page)
    script = "() => new Promise((done) => jstag.recommend({ collection: 'journal', limit: 1 }, done))"
    (found,) = page.evaluate(script)
    assert found["title"] == "Why iron blue breaks to brown"
    assert found["confidence"] > 0.5


def test_7_4_an_author_sees_a_draft_and_is_told_of_a_wrong_id(page: Page, serving: Serving) -> None:
    page.goto(f"{serving.url}?lytics_preview_id=studio-sale")
    page.wait_for_function(f"() => {VERDICTS}.includes('waiting')")
    said: list[str] = []
    page.on("console", lambda message: said.append(message.text) if message.type == "warning" else None)
    with page.expect_console_message(lambda message: "no experience 'gone' to preview" in message.text):
        page.goto(f"{serving.url}?lytics_variation_preview_id=gone")
    page.wait_for_function("() => jstag.history().some(({ topic }) => topic === 'pathfora.preview.done')")
    assert page.evaluate(VERDICTS) == [None, None]
    assert len(said) == 1

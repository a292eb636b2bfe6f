"""Saving a file changes the open page: in place where that is possible, by a reload only where it is not."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect
from support.serving import Serving, copy_storefront
from support.storefront import OFFER, become, close_panel, open_modal, open_panel, settled


@pytest.fixture
def workspace(tmp_path: Path) -> Path:
    return copy_storefront(tmp_path / "storefront")


@pytest.fixture
def serving(workspace: Path) -> Iterator[Serving]:
    with Serving(workspace) as serving:
        yield serving


@pytest.fixture
def offer(page: Page, serving: Serving) -> Page:
    """A page with the offer open, that remembers whether it was loaded again."""
    page.goto(serving.url)
    settled(page)
    become(page, "high_value")
    open_modal(page)
    close_panel(page)
    page.evaluate("window.stillHere = true")
    return page


def edit(path: Path, start: str, line: str) -> None:
    """Replace the line that starts with some text, keeping its indentation."""
    lines = path.read_text("utf-8").splitlines(keepends=True)
    found = next(index for index, text in enumerate(lines) if text.strip().startswith(start))
    indent = lines[found][: len(lines[found]) - len(lines[found].lstrip())]
    path.write_text("".join([*lines[:found], f"{indent}{line}\n", *lines[found + 1 :]]), "utf-8")


def still_here(page: Page) -> bool:
    return bool(page.evaluate("window.stillHere === true"))


def test_an_open_modal_changes_in_place(offer: Page, workspace: Path) -> None:
    before = offer.evaluate("localStorage.getItem('PathforaImpressions_vip-offer')")
    edit(workspace / "widgets" / "vip-offer.yaml", "headline:", "headline: Changed while open")
    expect(offer.locator(f"{OFFER} .pf-widget-headline")).to_have_text("Changed while open")
    open_modal(offer)
    assert still_here(offer)
    assert offer.evaluate("localStorage.getItem('PathforaImpressions_vip-offer')") == before


def test_brand_css_is_swapped_in_place(offer: Page, workspace: Path) -> None:
    style = workspace / "styles" / "brand.css"
    style.write_text(style.read_text("utf-8") + f"\n{OFFER} .pf-widget-headline {{ letter-spacing: 7px; }}\n", "utf-8")
    expect(offer.locator(f"{OFFER} .pf-widget-headline")).to_have_css("letter-spacing", "7px")
    assert still_here(offer)


def test_a_page_is_loaded_again_only_when_it_is_the_one_that_changed(offer: Page, workspace: Path) -> None:
    product = workspace / "pages" / "product.html"
    product.write_text(product.read_text("utf-8").replace("</body>", "<p>new</p></body>"), "utf-8")
    style = workspace / "styles" / "brand.css"  # a change that shows, after one that must not
    style.write_text(style.read_text("utf-8") + "\nbody { border-top-color: rgb(1, 2, 3); }\n", "utf-8")
    expect(offer.locator("body")).to_have_css("border-top-color", "rgb(1, 2, 3)")
    assert still_here(offer)
    index = workspace / "pages" / "index.html"
    index.write_text(index.read_text("utf-8").replace("</body>", '<p id="freshly-added">new</p></body>'), "utf-8")
    expect(offer.locator("#freshly-added")).to_have_count(1)
    assert not still_here(offer)


def test_a_broken_file_is_shown_where_it_is_broken_and_the_last_good_one_stays(
    offer: Page, workspace: Path, serving: Serving
) -> None:
    path = workspace / "widgets" / "vip-offer.yaml"
    good = path.read_text("utf-8")
    edit(path, "headline:", "headlin: Mistyped")
    overlay = offer.locator("understudy-debugger .overlay")
    expect(overlay).to_contain_text("widgets/vip-offer.yaml:")
    expect(overlay).to_contain_text("did you mean 'headline'")
    assert "vip-offer.yaml" in serving.wait_for("did you mean 'headline'")
    open_modal(offer)
    offer.reload()
    open_modal(offer)
    expect(overlay).to_contain_text("widgets/vip-offer.yaml:")
    path.write_text(good, "utf-8")
    expect(overlay).to_be_hidden()


def test_a_new_widget_appears_and_a_deleted_one_goes(offer: Page, workspace: Path) -> None:
    path = workspace / "widgets" / "hello.yaml"
    path.write_text(
        "label: Hello\nwidget:\n  type: message\n  layout: slideout\n  headline: Hello from Understudy\n", "utf-8"
    )
    expect(offer.locator("#hello.opened .pf-widget-headline")).to_have_text("Hello from Understudy")
    path.unlink()
    expect(offer.locator("#hello")).to_have_count(0)
    assert still_here(offer)


def test_an_audience_that_changes_is_decided_anew(page: Page, serving: Serving, workspace: Path) -> None:
    page.goto(serving.url)
    settled(page)
    expect(page.locator(OFFER)).to_have_count(0)
    (workspace / "audiences" / "high_value.fql").write_text("FILTER * ALIAS high_value\n", "utf-8")
    open_modal(page)


def test_the_page_comes_back_after_the_server_was_restarted(page: Page, workspace: Path) -> None:
    with Serving(workspace) as first:
        page.goto(first.url)
        settled(page)
        open_panel(page, "Status")  # for the light that says whether the page is connected
        port = first.url.rstrip("/").rsplit(":", 1)[1]
    with Serving(workspace, "--port", port):
        style = workspace / "styles" / "brand.css"
        expect(page.locator("understudy-debugger .dot")).to_have_attribute("aria-label", "Live updates: connected")
        style.write_text(style.read_text("utf-8") + "\nbody { border-top-color: rgb(9, 9, 9); }\n", "utf-8")
        expect(page.locator("body")).to_have_css("border-top-color", "rgb(9, 9, 9)")

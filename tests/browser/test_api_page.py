"""The page about the API in a browser: everybody can read it, and it breaks no policy of its own (quality.md E2)."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import ConsoleMessage, Page, expect
from support.axe import violations
from support.serving import Serving, copy_storefront


@pytest.fixture(scope="module")
def address(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    with Serving(copy_storefront(tmp_path_factory.mktemp("api") / "storefront")) as serving:
        yield f"{serving.url}__understudy__/api/docs"


@pytest.mark.parametrize(("width", "scheme"), [(1280, "light"), (320, "dark")])
def test_e2_the_page_about_the_api_is_for_everybody(page: Page, address: str, width: int, scheme: str) -> None:
    said: list[ConsoleMessage] = []
    page.on("console", lambda message: said.append(message))
    page.emulate_media(color_scheme="dark" if scheme == "dark" else "light")
    page.set_viewport_size({"width": width, "height": 800})
    page.goto(address)
    page.get_by_role("link", name="Audiences").click()
    expect(page.get_by_role("heading", name="Audiences")).to_be_in_viewport()
    expect(page.get_by_text("Regulars").first).to_be_hidden()
    page.locator("#post_api_segment summary").click()
    expect(page.get_by_text("Regulars").first).to_be_visible()
    assert violations(page, "html", without=()) == []
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    assert [message.text for message in said] == []

"""widgets.md 11.2, 9.4: axe finds nothing wrong in any template, theme and state. All on one page, at real time."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser
from sdk_shop import Shop
from support.axe import violations
from support.specimens import ANSWER, FILL, PRESENT, SEND, Specimen, specimens

BUILDS = ("readable",)


@pytest.fixture(scope="module")
def stage(browser: Browser, build: str) -> Iterator[Shop]:
    page = browser.new_page(viewport={"width": 1280, "height": 1200})
    shop = Shop(page, build).open()
    page.wait_for_function("document.styleSheets.length > 0")
    yield shop
    page.close()


def bring(stage: Shop, specimen: Specimen, theme: str | None) -> None:
    stage.run(PRESENT, [specimen.factory, specimen.settings(theme)])
    stage.page.wait_for_function("document.querySelector('#w.opened')")
    if specimen.state in {"success", "error"}:
        stage.run(FILL)
    if specimen.state:
        stage.run(SEND)
        stage.run(ANSWER, specimen.state == "success")


@pytest.mark.parametrize("theme", [None, "light", "dark"])
def test_11_2_axe_finds_nothing_in_any_template_and_state(stage: Shop, theme: str | None) -> None:
    found = {}
    for specimen in specimens():
        bring(stage, specimen, theme)
        found[specimen.name] = violations(stage.page, "#w")
    assert {name: lines for name, lines in found.items() if lines} == {}
    assert len(found) > 30


def test_11_2_axe_does_find_what_is_wrong(stage: Shop) -> None:
    bring(stage, Specimen("Message", "modal"), None)
    stage.run("""() => { document.querySelector('#w .pf-widget-message').style.color = '#ddd';
      document.querySelector('#w .pf-widget-close').removeAttribute('aria-label');
      document.querySelector('#w .pf-widget-close').textContent = ''; }""")
    assert {line.split(" | ")[0] for line in violations(stage.page, "#w")} == {"color-contrast", "button-name"}

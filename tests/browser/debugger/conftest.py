"""The stage as a fixture, and no uncaught error in any page."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from extension_stage import Watched, watching
from panel_stage import DOUBLES, ORIGIN, Stage
from playwright.sync_api import Page, Playwright

from understudy.dev_tools.browser import find_browser
from understudy.dev_tools.debugger import answers_script, debugger_script, panel_script


@pytest.fixture(scope="session")
def debugger_sources() -> dict[str, str]:
    """The debugger's scripts as they are served."""
    return {"debugger": debugger_script(), "debugger-answers": answers_script(), "debugger-panel": panel_script()}


@pytest.fixture
def stage(page: Page, debugger_sources: dict[str, str]) -> Stage:
    """A stage whose page throws nothing."""
    stage = Stage(page)
    for name, source in debugger_sources.items():
        stage.files[f"/__understudy__/{name}.js"] = (source, "text/javascript")
    stage.files["/doubles.js"] = (DOUBLES, "text/javascript")
    stage.files["/styles/brand.css"] = ("h1 { color: rgb(1, 2, 3) }", "text/css")
    page.route(f"{ORIGIN}/**", stage.answer)
    return stage


@pytest.fixture(scope="session")
def full_browser() -> Path:
    """A browser that loads extensions."""
    browser = find_browser(full=True)
    if browser is None:  # a machine may have the headless shell alone, and nobody who may install more
        pytest.skip("extensions need a full browser: run `understudy browser --install --full`")
    return browser


@pytest.fixture(scope="session")
def extended(playwright: Playwright, full_browser: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Watched]:
    """One browser with the extension for all tests."""
    with watching(playwright, full_browser, tmp_path_factory.mktemp("extended")) as watched:
        yield watched


@pytest.fixture
def watched(extended: Watched) -> Iterator[Watched]:
    """The browser with the extension, in which nothing stays open."""
    yield extended
    for page in extended.context.pages[1:]:
        page.close()


@pytest.fixture(autouse=True)
def no_page_errors(page: Page) -> Iterator[None]:
    """Fail a test in which the page had an uncaught error."""
    errors: list[str] = []
    page.on("pageerror", lambda error: errors.append(str(error)))
    yield
    assert not errors

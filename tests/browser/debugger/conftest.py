"""The stage as a fixture, and no uncaught error in any page."""

from collections.abc import Iterator

import pytest
from panel_stage import DOUBLES, ORIGIN, Stage
from playwright.sync_api import Page

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


@pytest.fixture(autouse=True)
def no_page_errors(page: Page) -> Iterator[None]:
    """Fail a test in which the page had an uncaught error."""
    errors: list[str] = []
    page.on("pageerror", lambda error: errors.append(str(error)))
    yield
    assert not errors

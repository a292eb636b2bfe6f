"""The extension's tab in the browser's developer tools, opened there."""

import json
from pathlib import Path

import pytest
from devtools_window import SHOW, VIEWS, DevTools
from extension_stage import watching
from playwright.sync_api import Playwright
from support.storefront import settled

TEXT = "document.querySelector('understudy-panel').shadowRoot.querySelector('main').textContent"
CHOOSE = "document.querySelector('understudy-panel').shadowRoot.querySelector('#tab-tab').click()"


def test_7_2_23_the_developer_tools_have_the_panel_about_the_page_under_inspection(
    playwright: Playwright, full_browser: Path, tmp_path_factory: pytest.TempPathFactory
) -> None:
    folder = tmp_path_factory.mktemp("inspected")
    with watching(playwright, full_browser, folder, "--auto-open-devtools-for-tabs") as watched:
        page = watched.context.pages[0]
        page.goto(watched.site)
        settled(page)
        tools = DevTools(watched.context)
        window = tools.attach("devtools://")
        view = tools.until(
            window, VIEWS, lambda names: next((name for name in names if name.startswith(watched.base)), None)
        )
        assert view == f"{watched.base}Understudy"
        tools.evaluate(window, SHOW.format(json.dumps(view)))
        panel = tools.attach("panel.html?devtools")
        tools.until(panel, TEXT, lambda text: text and "Accountstorefront" in text)
        tools.evaluate(panel, CHOOSE)
        tools.until(panel, TEXT, lambda text: "page view" in text)
        page.evaluate("jstag.send({ inspected: 'yes' })")
        tools.until(panel, TEXT, lambda text: "inspected" in text)
        # A site that is not watched is known by its address here, without a press of the toolbar's button.
        page.goto(watched.other)
        origin = watched.other.rpartition("/")[0]
        tools.until(panel, TEXT, lambda text: f"Watch {origin}" in text)

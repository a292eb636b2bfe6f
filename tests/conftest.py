"""A browser for pytest-playwright, the one that `understudy browser` finds; and the same examples in every run."""

from typing import Any

import pytest
from hypothesis import settings

from understudy.dev_tools.browser import find_browser

# No deadline: a busy machine is no defect. `--hypothesis-profile=default` looks for new examples.
settings.register_profile("repeatable", derandomize=True, deadline=None)
settings.load_profile("repeatable")


@pytest.fixture(scope="session")
def browser_type_launch_args(browser_type_launch_args: dict[str, Any], browser_name: str) -> dict[str, Any]:
    """Launch arguments, with the executable unless the caller named one (`--browser-channel`)."""
    arguments = dict(browser_type_launch_args)
    if browser_name == "chromium" and not {"channel", "executable_path"} & arguments.keys():
        found = find_browser()
        if found is None:
            pytest.exit("no browser for the tests: run `understudy browser --install`", returncode=2)
        arguments["executable_path"] = str(found)
    return arguments


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Browser tests come last: Playwright's synchronous API keeps an event loop running, so `asyncio.run` is over."""
    items.sort(key=lambda item: "browser" in item.path.parts)

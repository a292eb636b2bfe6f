"""One page for all SDK tests, under a virtual clock that stands still. Tests run on both builds."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser
from sdk_shop import NOON, ORIGIN, Shop


def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    """Both builds, unless a module says which of them tell it something."""
    if "build" in metafunc.fixturenames:
        builds = getattr(metafunc.module, "BUILDS", ("readable", "minified"))
        metafunc.parametrize("build", builds, indirect=True, scope="session")


@pytest.fixture(scope="session")
def build(request: pytest.FixtureRequest) -> str:
    return str(request.param)


@pytest.fixture(scope="session")
def shared_shop(browser: Browser, build: str) -> Iterator[Shop]:
    context = browser.new_context(viewport={"width": 1280, "height": 800})
    page = context.new_page()
    page.clock.install(time=NOON / 1000)
    page.clock.pause_at((NOON + 1000) / 1000)
    yield Shop(page, build)
    context.close()


@pytest.fixture
def shop(shared_shop: Shop) -> Iterator[Shop]:
    """The page, loaded with a ready tag. Errors of the page and requests to other hosts fail the test."""
    shared_shop.asked.clear()
    shared_shop.page.clock.set_system_time((NOON + 1000) / 1000)
    shared_shop.open()
    yield shared_shop
    assert shared_shop.run("errors") == []
    assert all(url.startswith(ORIGIN) for url in shared_shop.asked)

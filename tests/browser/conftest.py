"""Browser tests: nothing may leave the machine, and a page error is a failure."""

from collections.abc import Iterator
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import BrowserContext, Page, Request
from support.serving import Serving, copy_storefront
from support.storefront import settled

LOCAL = {"127.0.0.1", "localhost", "::1"}


@pytest.fixture(autouse=True)
def nothing_leaves(request: pytest.FixtureRequest) -> Iterator[set[Request]]:
    """Fail a test during which a page asked for anything that is not on this machine.

    A route that answers for another host adds its requests to this set: they were taken before they could leave.
    """
    taken: set[Request] = set()
    if "context" not in request.fixturenames:
        yield taken
        return
    context: BrowserContext = request.getfixturevalue("context")
    foreign: list[Request] = []

    def note(asked: Request) -> None:
        parts = urlsplit(asked.url)
        if parts.scheme in {"http", "https", "ws", "wss"} and parts.hostname not in LOCAL:
            foreign.append(asked)

    context.on("request", note)
    yield taken
    left = [asked.url for asked in foreign if asked not in taken]
    assert not left, f"requests left this machine: {left}"


@pytest.fixture(scope="module")
def workspace(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A copy of the storefront, one for a file of tests."""
    return copy_storefront(tmp_path_factory.mktemp("shop") / "storefront")


@pytest.fixture(scope="module")
def serving(workspace: Path) -> Iterator[Serving]:
    """That copy, served."""
    with Serving(workspace) as serving:
        yield serving


@pytest.fixture
def shop(page: Page, serving: Serving) -> Page:
    """Its first page, come to rest."""
    page.goto(serving.url)
    settled(page)
    return page

"""Browser tests: nothing may leave the machine, and a page error is a failure."""

from collections.abc import Iterator
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import BrowserContext, Request

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

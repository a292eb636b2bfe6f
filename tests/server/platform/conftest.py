"""A platform in memory with a clock that stands still, and a shorthand for events."""

import asyncio
from collections.abc import Iterator

import pytest
from platform_support import NOW, Send

from understudy.server.platform import AudienceBook, Platform, Receipt
from understudy.server.platform.decoder import decode_event


@pytest.fixture
def platform() -> Iterator[Platform]:
    platform = Platform.open(":memory:", AudienceBook.with_defaults(), clock=lambda: NOW)
    yield platform
    platform.close()


@pytest.fixture
def send(platform: Platform) -> Send:
    """Collect one event from its query string."""

    def collect(raw: str, stream: str = "default", received: float = NOW) -> Receipt:
        return asyncio.run(platform.collect(decode_event(raw, "acc", stream, received)))

    return collect

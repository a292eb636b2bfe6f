"""Fixtures for tests of the tag in a real browser."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Page
from tag_page import TagPage


@pytest.fixture
def tag(page: Page) -> Iterator[TagPage]:
    """A page with the tag; nothing is opened yet."""
    tag = TagPage(page)
    yield tag
    tag.close()

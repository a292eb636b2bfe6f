"""Content for tests: files of `content/` as texts, and documents made by hand."""

from pathlib import Path
from typing import Any

from understudy.server.content.book import ContentBook, build_content
from understudy.server.content.document import ContentDocument
from understudy.server.content.entries import ContentFile, read_content
from understudy.server.content.own_pages import own_pages
from understudy.widgets.problems import Problem

NOWHERE = Path("/nowhere")


def read(text: str, name: str = "content/a.yaml") -> ContentFile:
    """The content in a text, which must be sound."""
    found, problems = read_content(text.encode(), name)
    assert [str(problem) for problem in problems] == []
    assert found is not None
    return found


def book_of(*texts: str, pages: Path = NOWHERE) -> tuple[ContentBook, list[str]]:
    """The book of some files' texts, and its problems as lines."""
    problems: list[Problem] = []
    files = [read(text, f"content/{index}.yaml") for index, text in enumerate(texts)]
    book = build_content(files, own_pages(pages), problems)
    return book, [str(problem) for problem in problems]


def document(address: str, topics: dict[str, float] | None = None, **more: Any) -> ContentDocument:
    """A document about something."""
    return ContentDocument(address, topics={"Any": 1.0} if topics is None else topics, **more)

"""What a page says of itself: title, description, image, author, dates and topics (platform.md 3.7).

The vendor's crawler guesses topics from a page's words. Here they are those that the page states, which is what one can
test against: `lytics:topics` with relevance 1, then with 0.7 `article:tag`, the keywords of JSON-LD and those of
`<meta name="keywords">`. A page is read again when its file has changed.
"""

import warnings
from collections.abc import Iterable, Iterator, Mapping
from datetime import UTC, datetime
from functools import lru_cache
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING, Any

from understudy.server.bodies import json_in
from understudy.server.content.document import ContentDocument
from understudy.widgets.fields import parse_instant

if TYPE_CHECKING:
    from bs4 import BeautifulSoup

LARGEST = 2 * 1024 * 1024
STATED, KEYWORD = 1.0, 0.7
MOST_TOPICS = 500
MOST_PROPERTIES, LONGEST = 100, 1_000
# Things that JSON-LD describes beside the page itself, whose names are not the page's.
_AROUND = frozenset({"Organization", "WebSite", "BreadcrumbList", "Person", "ImageObject", "SearchAction"})
_UNREAD = ("script", "style", "template", "noscript")


@lru_cache(maxsize=4096)
def scrape_file(path: str, address: str, changed: int, size: int) -> ContentDocument | None:
    """The page in a file as a document; None when it cannot be read, or is too large to be a page.

    `changed` (in nanoseconds) and `size` are the file's: an edited page is another call.
    """
    if size > LARGEST:
        return None
    try:
        return scrape(Path(path).read_bytes(), address, _when(changed))
    except OSError:
        return None


def _when(nanoseconds: int) -> datetime | None:
    """A file's moment; None for one that no calendar has, as some file systems can say."""
    try:
        return datetime.fromtimestamp(nanoseconds / 1e9, UTC)
    except (OverflowError, ValueError, OSError):
        return None


def scrape(html: bytes, address: str, fetched: datetime | None = None) -> ContentDocument:
    """The document that a page's bytes describe."""
    from bs4 import BeautifulSoup, Tag, XMLParsedAsHTMLWarning  # takes a while, and a server starts without pages

    with warnings.catch_warnings():
        warnings.simplefilter("ignore", XMLParsedAsHTMLWarning)
        soup = BeautifulSoup(html, "html.parser")
    metas = _metas(soup)
    data = list(_linked_data(soup))

    def first(*candidates: str) -> str:
        return next((" ".join(text.split()) for text in candidates if text.strip()), "")

    def meta(*names: str) -> str:
        return first(*(text for name in names for text in metas.get(name, ())))

    def linked(*keys: str) -> str:
        return first(*(text for key in keys for node in data for text in _texts(node.get(key))))

    title = soup.title.get_text() if soup.title else ""
    html_tag = soup.find("html")
    return ContentDocument(
        address,
        title=first(meta("og:title"), linked("headline", "name"), title),
        description=first(meta("og:description", "description"), linked("description")),
        image=first(meta("og:image", "twitter:image"), linked("image")),
        author=first(meta("author", "article:author"), linked("author")),
        language=first(str(html_tag.get("lang", ""))) if isinstance(html_tag, Tag) else "",
        kind=first(meta("og:type"), linked("@type")),
        site=meta("og:site_name"),
        published=_moment(meta("article:published_time", "published_time"), linked("datePublished")),
        updated=_moment(meta("article:modified_time", "og:updated_time"), linked("dateModified")),
        fetched=fetched,
        topics=_topics(metas, data),
        words=_words(soup),
        properties={name: texts[0][:LONGEST] for name, texts in islice(metas.items(), MOST_PROPERTIES) if name},
    )


def _metas(soup: "BeautifulSoup") -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    for tag in soup.find_all("meta"):
        name = str(tag.get("property") or tag.get("name") or "").strip().lower()
        found.setdefault(name, []).append(str(tag.get("content") or ""))
    return found


def _linked_data(soup: "BeautifulSoup") -> Iterator[Mapping[str, Any]]:
    """The things that the page's JSON-LD describes; what is not JSON is passed over."""
    for script in soup.find_all("script", type="application/ld+json"):
        try:
            found = json_in(script.get_text())
        except ValueError:
            continue
        for node in found if isinstance(found, list) else [found]:
            graph = node.get("@graph") if isinstance(node, Mapping) else None
            for each in graph if isinstance(graph, list) else [node]:
                if isinstance(each, Mapping) and not _AROUND.intersection(_texts(each.get("@type"))):
                    yield each


def _texts(value: object) -> Iterator[str]:
    """The texts in a value of JSON-LD: itself, or what a thing is called, or each of a list."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, Mapping):
        yield from (str(value[key]) for key in ("name", "url", "@value") if isinstance(value.get(key), str))
    elif isinstance(value, list):
        for item in value:
            if not isinstance(item, list):
                yield from _texts(item)


def _topics(metas: Mapping[str, list[str]], data: Iterable[Mapping[str, Any]]) -> dict[str, float]:
    """Each topic with its relevance; one that is spelled in two ways keeps the first spelling."""
    keywords = [*metas.get("article:tag", ()), *(text for node in data for text in _texts(node.get("keywords")))]
    sources = ((STATED, metas.get("lytics:topics", [])), (KEYWORD, [*keywords, *metas.get("keywords", ())]))
    found: dict[str, tuple[str, float]] = {}
    for relevance, texts in sources:
        for name in (part.strip() for text in texts for part in text.split(",")):
            if name and len(found) < MOST_TOPICS:
                found.setdefault(name.casefold(), (name, relevance))
    return dict(found.values())


def _words(soup: "BeautifulSoup") -> int:
    for tag in soup.find_all(_UNREAD):
        tag.extract()
    return len(soup.get_text(" ").split())


def _moment(*texts: str) -> datetime | None:
    return next((moment for text in texts if (moment := parse_instant(text))), None)

"""Every document there is, as FilterQL's `content` table and by the pages that visitors have seen."""

from collections.abc import Callable, Iterable, Mapping
from datetime import datetime
from functools import cached_property, lru_cache
from pathlib import Path
from typing import Any
from urllib.parse import unquote

from understudy.server.content.book import Collection, ContentBook
from understudy.server.content.document import ContentDocument, ways_to
from understudy.server.content.own_pages import OwnPage, own_pages
from understudy.server.content.scraping import scrape_file
from understudy.server.platform.facts import DEFAULT_STREAM, facts_of
from understudy.server.platform.filterql import UNKNOWN, Statement
from understudy.server.platform.filterql.compiler import compile_phrase
from understudy.server.platform.filterql.context import Context
from understudy.server.platform.takes import hashed_page

STREAM = "lytics_content_enrich"
MOST_HOSTS = 8  # for which columns and hashes are kept: a request may name any


class Catalog:
    """The documents of a workspace's book and pages, of which `every` has all by address.

    One without a topic is never recommended, as with the vendor, and so is not among `documents`.
    """

    def __init__(self, book: ContentBook, pages: Iterable[ContentDocument]) -> None:
        self.book = book
        found = {document.address: document for document in pages if book.options.takes(document)}
        served = {unquote(way): address for address in found for way in ways_to(address)}
        for entry in book.documents:
            address = served.get(unquote(entry.address), entry.address)
            document = entry.over(found.get(address))
            if document.own or book.options.takes_from(document.host("")):
                found[address] = document
        self._addresses = {**served, **{address: address for address in found}}
        self.every = found
        self.documents = tuple(document for document in found.values() if document.topics)
        self._pages = lru_cache(MOST_HOSTS)(self._pages_at)
        self._rows = lru_cache(MOST_HOSTS)(self._rows_at)

    @cached_property
    def topics(self) -> frozenset[str]:
        """Every topic of some document."""
        return frozenset(topic for document in self.documents for topic in document.topics)

    def document(self, address: str) -> ContentDocument:
        """The document at an address that is one."""
        return self.every[address]

    def seen(self, hashes: Mapping[str, float], hosts: tuple[str, ...]) -> dict[str, float]:
        """What is counted by a page's hash, as `hashedurls` does, by the address of the document at that page.

        A page of the site's own may have been seen under any of the `hosts` that this server is known by, where the
        account's settings take pages from.
        """
        pages = self._pages(tuple(host for host in hosts if self.book.options.takes_from(host)))
        found: dict[str, float] = {}
        for key, count in hashes.items():
            if key in pages:
                found[pages[key]] = found.get(pages[key], 0) + count
        return found

    def row(self, document: ContentDocument, here: str) -> Mapping[str, Any]:
        """A document's columns on the site at the host `here`."""
        return self._rows(here)[document.address]

    def select(
        self, wanted: Statement | Collection, here: str, now: datetime, *, every: bool = False
    ) -> list[ContentDocument]:
        """The documents of a collection or that a statement picks, in the catalogue's order.

        With `every` those without a topic too.
        """
        check = self._check(wanted, frozenset())
        among = self.every.values() if every else self.documents
        return [document for document in among if check(document, here, now)]

    def _check(
        self, wanted: Statement | Collection, open_: frozenset[str]
    ) -> Callable[[ContentDocument, str, datetime], bool]:
        statement = wanted if isinstance(wanted, Statement) else wanted.statement
        if isinstance(wanted, Collection):
            open_ = open_ | {wanted.id}
            listed = {self._addresses.get(unquote(one), one) for one in wanted.addresses}
        if statement is None:
            return lambda document, _here, _now: document.address in listed
        decide = compile_phrase(statement.phrase)

        def check(document: ContentDocument, here: str, now: datetime) -> bool:
            def include(name: str) -> object:
                target = self.book.collection(name)
                if target is None or target.id in open_:  # it does not exist, or includes itself
                    return UNKNOWN
                return self._check(target, open_)(document, here, now)

            return decide(Context(self.row(document, here), now, include)) is True

        return check

    def _pages_at(self, hosts: tuple[str, ...]) -> dict[str, str]:
        return {
            page_hash(page): document.address for document in self.every.values() for page in _ways(document, hosts)
        }

    def _rows_at(self, here: str) -> dict[str, dict[str, Any]]:
        return {
            document.address: {**self.book.options.custom(document), **columns(document, here)}
            for document in self.every.values()
        }


def catalog_of(book: ContentBook, pages: Path) -> Catalog:
    """The catalogue of a book and of the pages in a folder as they are now."""
    return _catalog(book, own_pages(pages))


@lru_cache(maxsize=8)
def _catalog(book: ContentBook, pages: tuple[OwnPage, ...]) -> Catalog:
    found = (scrape_file(page.path, page.address, page.changed, page.size) for page in pages)
    return Catalog(book, [document for document in found if document is not None])


def columns(document: ContentDocument, here: str) -> dict[str, Any]:
    """A document as a row of the vendor's table, in which `description` is the title; what is empty is not there."""
    host = document.host(here)
    row = {
        **document.fields,
        "url": document.bare(here),
        "hashedurl": page_hash(document.bare(here)),
        "id": page_hash(document.bare(here)),
        "domain": host.partition(":")[0],
        "path": document.prefixes,
        "title": document.title,
        "description": document.title,
        "long_description": document.description,
        "primary_image": document.image,
        "author": document.author,
        "language": document.language,
        "type": document.kind,
        "aspects": [document.kind] if document.kind else [],
        "sitename": document.site,
        "stream": STREAM,
        "wordct": document.words,
        "topics": list(document.topics),
        "global": dict(document.topics),
        "created": document.published,
        "published": document.published,
        "updated": document.updated,
        "fetched": document.fetched,
    }
    return {name: value for name, value in row.items() if value not in (None, "", [], {})}


def page_hash(page: str) -> str:
    """The hash by which profiles count visits of a page."""
    found = hashed_page(facts_of({"url": page}, DEFAULT_STREAM, 0))
    return next(iter(found)) if isinstance(found, dict) else ""


def _ways(document: ContentDocument, hosts: tuple[str, ...]) -> Iterable[str]:
    if not document.own:
        return (document.address,)
    return (f"{host}{way}" for host in hosts for way in ways_to(document.address))

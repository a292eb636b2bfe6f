"""All that a workspace says about content: its files together, with the vendor's stock collections.

The vendor's stock collections are known by name; the slug of one is documented, `content_with_images`, and the others
are UNKNOWN. Here they are the names in lower case with `_`.
"""

from collections.abc import Collection as Names
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field

from understudy.server.content.document import normal_address, ways_to
from understudy.server.content.entries import CollectionEntry, ContentFile, DocumentEntry
from understudy.server.content.options import DEFAULT, ContentOptions
from understudy.server.content.own_pages import OwnPage
from understudy.server.platform.filterql import Statement, includes, parse
from understudy.server.platform.filterql.nodes import Include
from understudy.widgets.experience import Experience
from understudy.widgets.places import Path as Keys
from understudy.widgets.problems import Problem, did_you_mean
from understudy.widgets.widget import Widget


@dataclass(frozen=True, slots=True)
class Collection:
    """Documents to choose from: those that the statement picks, or those at the addresses."""

    id: str
    label: str
    statement: Statement | None = None
    addresses: tuple[str, ...] = ()


STOCK = tuple(
    Collection(label.lower().replace(" ", "_"), label, parse(text))
    for label, text in (
        ("All Documents", "FILTER * FROM content"),
        ("Content With Images", "FILTER EXISTS primary_image FROM content"),
        ("Default Recommendation Collection", "FILTER AND (EXISTS primary_image, EXISTS topics) FROM content"),
    )
)


@dataclass(frozen=True, eq=False)
class ContentBook:
    """Documents, collections by id, and rollups by name. Immutable: a changed workspace makes a new book."""

    documents: tuple[DocumentEntry, ...] = ()
    collections: Mapping[str, Collection] = field(default_factory=lambda: {one.id: one for one in STOCK})
    rollups: Mapping[str, Mapping[str, float]] = field(default_factory=dict)
    options: ContentOptions = DEFAULT

    def collection(self, name: str) -> Collection | None:
        """The collection of that id, or that people call so."""
        wanted = name.strip().casefold()
        named = (one for one in self.collections.values() if wanted in (one.id.casefold(), one.label.casefold()))
        return self.collections.get(name) or next(named, None)


def build_content(
    files: Iterable[ContentFile], pages: Iterable[OwnPage], problems: list[Problem], options: ContentOptions = DEFAULT
) -> ContentBook:
    """The book of some files. What is there twice counts once, by the first file, and is a problem.

    A file may redefine a stock collection.
    """
    documents: dict[str, tuple[DocumentEntry, str]] = {}
    collections: dict[str, tuple[Collection, str]] = {}
    rollups: dict[str, Mapping[str, float]] = {}
    every = list(files)
    for file in every:
        for index, entry in enumerate(file.documents):
            if entry.address in documents:
                other = documents[entry.address][1]
                hint = "merge the two; until then this one is left out"
                problems.append(_problem(file, ("documents", index, "url"), f"{entry.url} is in {other} already", hint))
            else:
                documents[entry.address] = (entry, file.file)
                problems += _elsewhere(file, index, entry, options)
        for name, stated in file.collections.items():
            if name in collections:
                hint = "give this one another id; until then it is left out"
                message = f"the collection {name!r} is in {collections[name][1]} already"
                problems.append(_problem(file, ("collections", name), message, hint))
            else:
                collections[name] = (_collection(name, stated), file.file)
        rollups.update(file.rollups)
    stock = {one.id: one for one in STOCK}
    book = ContentBook(
        tuple(entry for entry, _ in documents.values()),
        {**stock, **{name: one for name, (one, _) in collections.items()}},
        rollups,
        options,
    )
    problems += _lost(every, book, pages)
    return book


def missing_collections(experiences: Iterable[Experience], book: ContentBook) -> Iterator[Problem]:
    """A problem for each collection that a widget names and nobody defines."""
    for experience in experiences:
        for part, widget in _widgets(experience):
            wanted = widget.recommend
            for key in ("collection", "contentsegment"):
                name = getattr(wanted, key)
                if name and book.collection(name) is None:
                    place = experience.place(*part, "recommend", key)
                    hint = did_you_mean(name, [one.id for one in book.collections.values()])
                    message = f"there is no collection {name!r}, so nothing is recommended"
                    yield Problem(experience.file, place.line, place.column, name, message, hint)


def named_collections(experience: Experience) -> set[str]:
    """What its widgets recommend from, as they name it."""
    found = (widget.recommend for _, widget in _widgets(experience))
    return {name for one in found for name in (one.collection, one.contentsegment) if name}


def _widgets(experience: Experience) -> Iterator[tuple[Keys, Widget]]:
    """The widgets of an experience with where they are written; a variation's only where it recommends otherwise."""
    yield ("widget",), experience.widget
    if experience.inverse:
        yield ("inverse",), experience.inverse
    for index, variation in enumerate(experience.variations):
        if variation.widget.recommend != experience.widget.recommend:
            yield ("variations", index, "widget"), variation.widget


def _collection(name: str, stated: CollectionEntry) -> Collection:
    addresses = tuple(normal_address(url) for url in stated.documents)
    return Collection(name, stated.label or name, stated.statement, addresses)


def _lost(files: Iterable[ContentFile], book: ContentBook, pages: Iterable[OwnPage]) -> Iterator[Problem]:
    """What collections name and is not there: documents, and collections to include."""
    paths = {way for page in pages for way in ways_to(page.address)}
    known = {entry.address for entry in book.documents} | paths
    for file in files:
        for name, stated in file.collections.items():
            for index, url in enumerate(stated.documents):
                if normal_address(url) not in known:
                    hint = "describe it under `documents`, or put the page there"
                    path = ("collections", name, "documents", index)
                    yield _problem(file, path, f"there is no document {url}", hint)
            for found in includes(stated.statement.phrase) if stated.statement else ():
                if message := _bad_include(name, found, book):
                    line, column = file.place("collections", name, "filter").inside(found.line, found.column)
                    yield Problem(file.file, line, column, found.slug, message, did_you_mean(found.slug, _ids(book)))


def _elsewhere(file: ContentFile, index: int, entry: DocumentEntry, options: ContentOptions) -> Iterator[Problem]:
    """A document on a domain that the account's settings do not take pages from."""
    host = "" if entry.address.startswith("/") else entry.address.partition("/")[0]
    if host and not options.takes_from(host):
        hint = "see allowed_domains and blocked_domains in [content] of understudy.toml, or take it out"
        message = f"{entry.url} is no document: [content] takes nothing from {host}"
        yield _problem(file, ("documents", index, "url"), message, hint)


def _ids(book: ContentBook) -> Names[str]:
    return [one.id for one in book.collections.values()]


def _bad_include(name: str, include: Include, book: ContentBook) -> str:
    if book.collection(include.slug) is None:
        return f"there is no collection {include.slug!r}"
    seen, waiting = set(), [include.slug]
    while waiting:
        target = book.collection(waiting.pop())
        if target is None or target.id in seen:
            continue
        seen.add(target.id)
        waiting += [one.slug for one in includes(target.statement.phrase)] if target.statement else []
    return f"{name!r} includes itself by way of this" if name in seen else ""


def _problem(file: ContentFile, path: Keys, message: str, hint: str) -> Problem:
    place = file.place(*path)
    return Problem(file.file, place.line, place.column, "", message, hint)

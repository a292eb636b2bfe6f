"""Audiences that were made, changed or removed while the server runs, laid over those of the workspace; and what works
out fields for them.

What was made is on record, and outlives the server; the workspace's files are never written. A change of what a file
says lasts until the server ends: a file that is edited then must not be edited in vain.
"""

import logging
from collections.abc import Callable, Iterator, Mapping
from types import MappingProxyType

from understudy.server.platform.audience import Audience, parse_audience
from understudy.server.platform.audiences import AudienceBook
from understudy.server.platform.computed import Computed
from understudy.server.platform.filterql import FilterQLError

log = logging.getLogger("understudy")
ROOM = "audiences"


class Overlay:
    """Slug to the audience that counts instead of the workspace's; None for one that counts no more."""

    def __init__(self, noted: Mapping[str, str] = MappingProxyType({})) -> None:
        self._noted = dict(_read(noted))
        self._changes: dict[str, Audience | None] = {}
        self.beside: tuple[Audience, ...] = ()
        self.recompute: Callable[[Computed], Computed] | None = None

    def put(self, slug: str, audience: Audience | None, *, noted: bool) -> None:
        """Let this audience count, or None of that slug. What is `noted` counts until there is a file for it."""
        changes = self._noted if noted else self._changes
        changes[slug] = audience

    def over(self, book: AudienceBook) -> AudienceBook:
        """The book with these changes."""
        computed = book.computed.changed(self.recompute) if self.recompute else book.computed
        files = {slug for slug, audience in book.items() if audience.source}
        changes = {**{slug: one for slug, one in self._noted.items() if slug not in files}, **self._changes}
        if not changes and not self.beside and computed is book.computed:
            return book
        beside = {audience.slug: audience for audience in self.beside if audience.slug not in files}
        kept = [audience for slug, audience in {**book, **beside}.items() if slug not in changes]
        return AudienceBook([*kept, *(change for change in changes.values() if change)], computed.all)


def _read(noted: Mapping[str, str]) -> Iterator[tuple[str, Audience | None]]:
    """The audiences that are on record; empty texts are of those that were removed."""
    for slug, text in noted.items():
        try:
            yield slug, parse_audience(text, slug=slug) if text else None
        except FilterQLError as error:  # noted by another version
            log.warning("the audience %r that the API made is left out: %s", slug, error)

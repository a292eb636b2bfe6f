"""Looking at all profiles, for counts, lists and statistics. It takes a while, so call it from a thread.

One at a time goes through them: several at once would only keep each other, and the visitors, waiting.
"""

import threading
from collections.abc import Callable, Collection, Mapping, Sequence
from datetime import datetime

from understudy.server.platform.audiences import AudienceBook
from understudy.server.platform.filterql import Statement
from understudy.server.platform.page_visits import PageVisits, count_visits
from understudy.server.platform.scanning import Page, count, scan, visit
from understudy.server.platform.store import Store

FEW = 200


class People:
    """All profiles of a store, decided by the `book` and the moment that count when a look begins."""

    def __init__(self, store: Store, book: Callable[[], AudienceBook], now: Callable[[], datetime]) -> None:
        self._store = store
        self._book = book
        self._now = now
        self._looking = threading.Lock()

    def counts(self, statements: Sequence[Statement]) -> list[int]:
        """How many profiles each condition is true of."""
        with self._looking:
            return count(self._store, statements, self._book(), self._now())

    def scan(
        self, statement: Statement, *, limit: int, start: str = "", sort: str = "", descending: bool = False
    ) -> Page:
        """A page of the profiles that a condition is true of; see `scanning.scan`."""
        book, now = self._book(), self._now()
        with self._looking:
            return scan(self._store, statement, book, now, limit=limit, start=start, sort=sort, descending=descending)

    def visit(
        self, statement: Statement, visitor: Callable[[Mapping[str, object]], None], wanted: Collection[str] = "*"
    ) -> None:
        """Show a visitor the fields of each profile that a condition is true of, and those computed ones `wanted`."""
        with self._looking:
            visit(self._store, statement, self._book(), self._now(), visitor, wanted)

    def page_visits(self, audience: str = "") -> PageVisits:
        """How many visitors have seen each page: all of them, or those in an audience."""
        return count_visits(self._store, audience)

    @property
    def few(self) -> bool:
        """Whether there are so few events that looking at everybody takes no time to speak of."""
        return self._store.read(lambda reader: reader.last_event()) <= FEW

"""When each audience was made and last changed, as the API tells it (platform.md 3.6).

A file does not say when what it says came to be: a copy or a checkout has other dates than the text. So what counts is
when this store first knew an audience of that name, and when it first knew it by what it says now.
"""

import hashlib
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from types import MappingProxyType

from understudy.server.platform.audiences import AudienceBook
from understudy.server.platform.filterql import Statement


@dataclass(frozen=True, slots=True)
class Times:
    """Two moments of an audience that says `statement`, in unix milliseconds."""

    created: float
    updated: float
    statement: Statement

    @property
    def digest(self) -> str:
        """What tells apart what audiences say."""
        return hashlib.sha256(str(self.statement).encode()).hexdigest()[:16]


@dataclass(frozen=True, slots=True)
class NotedTimes:
    """The same as it was put on record."""

    digest: str
    created: float
    updated: float


class AudienceTimes:
    """The times of all audiences of one platform."""

    def __init__(self, clock: Callable[[], float], book: AudienceBook) -> None:
        self._clock = clock
        self._times: dict[str, Times] = {}
        self.see(book)

    def see(self, book: AudienceBook) -> None:
        """These are the audiences now: those that are new or others than before are so since now."""
        now, before = self._clock(), self._times
        self._times = {slug: _seen(before.get(slug), one.statement, now) for slug, one in book.items()}

    def restore(self, noted: Mapping[str, NotedTimes]) -> None:
        """Let audiences be as old as is on record."""
        now = self._clock()
        for slug, old in noted.items():
            if times := self._times.get(slug):
                updated = old.updated if old.digest == times.digest else now
                self._times[slug] = Times(old.created, updated, times.statement)

    @property
    def all(self) -> Mapping[str, Times]:
        """The times of each audience, by slug."""
        return MappingProxyType(self._times)

    @property
    def first(self) -> float:
        """When the first of all came to be, which is when the store did: the vendor's own are there from then on."""
        return min((times.created for times in self._times.values()), default=self._clock())


def _seen(before: Times | None, statement: Statement, now: float) -> Times:
    if before is None:
        return Times(now, now, statement)
    if before.statement is statement or before.statement == statement:
        return before
    return replace(before, updated=now, statement=statement)

"""How large audiences were: every count that was asked for, since nothing here counts by itself."""

from collections import deque
from collections.abc import Container, Set
from typing import NamedTuple

MOST = 1_000  # counts of one audience, of which the last stay


class Count(NamedTuple):
    """A size at a moment (unix milliseconds)."""

    at: float
    size: int


class SizeHistory:
    """The counts of one site's audiences, by slug, and the jobs that were asked to count them anew."""

    def __init__(self) -> None:
        self._counts: dict[str, deque[Count]] = {}
        self.jobs: deque[dict[str, object]] = deque(maxlen=MOST)

    def note(self, slug: str, at: float, size: int) -> None:
        """Put a count on record; of several at one moment the last stays."""
        counts = self._counts.setdefault(slug, deque(maxlen=MOST))
        if counts and counts[-1].at == at:
            counts.pop()
        counts.append(Count(at, size))

    @property
    def slugs(self) -> Set[str]:
        """Those of which there are counts."""
        return self._counts.keys()

    def keep_only(self, slugs: Container[str]) -> None:
        """Forget the counts of audiences that are no more: another of that name begins anew."""
        self._counts = {slug: counts for slug, counts in self._counts.items() if slug in slugs}

    def of(self, slug: str) -> list[Count]:
        """An audience's counts, oldest first."""
        return list(self._counts.get(slug, ()))

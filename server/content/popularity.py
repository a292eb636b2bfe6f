"""What all visitors, or those of an audience, have seen: counted anew at most a twentieth of the time.

Each site has counts of its own, which go when its world is reset.
"""

import asyncio
import time
from collections.abc import Callable, Container
from dataclasses import dataclass

from understudy.server.platform import Platform
from understudy.server.platform.page_visits import PageVisits

SHARE = 20


@dataclass(frozen=True, slots=True)
class _Count:
    visits: PageVisits
    good_until: float


class Popularity:
    """Counts visits in a thread, and keeps each count for as many times as long as it took."""

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        self._clock = clock
        self._counts: dict[str, _Count] = {}

    def keep_only(self, audiences: Container[str]) -> None:
        """Forget the counts for audiences that are no more: another of that name begins anew."""
        self._counts = {slug: count for slug, count in self._counts.items() if not slug or slug in audiences}

    async def at_hand(self, platform: Platform) -> PageVisits | None:
        """A count for those who would not wait for one: the last, which may be old, or one of few; raises `StoreError`.

        None when there is no such.
        """
        if platform.people.few:
            return await asyncio.to_thread(platform.people.page_visits)
        known = self._counts.get("")
        return known.visits if known else None

    async def visits(self, platform: Platform, audience: str = "") -> PageVisits:
        """The count as of now, or of a moment ago; raises `StoreError`."""
        begun = self._clock()
        known = self._counts.get(audience)
        if known is not None and begun < known.good_until:
            return known.visits
        visits = await asyncio.to_thread(platform.people.page_visits, audience)
        ended = self._clock()
        self._counts[audience] = _Count(visits, ended + SHARE * (ended - begun))
        return visits

"""How many visitors have seen each page, for what is popular and for what an audience likes."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from functools import partial

from understudy.server.platform.state import ProfileState
from understudy.server.platform.store import Reader, Store

FIELD = "hashedurls"
_AT_ONCE = 500  # profiles a reading, so that other readings come in between


@dataclass(frozen=True, slots=True)
class PageVisits:
    """`visitors` have some page on record; `by_page` says how many of them have each, by its hash."""

    visitors: int
    by_page: Mapping[str, int]


def count_visits(store: Store, audience: str = "") -> PageVisits:
    """Go through all profiles, or those that were last seen in an audience. Takes some seconds for 100,000 of them."""
    visitors, by_page, after = 0, Counter[str](), ""
    while True:
        states = store.read(partial(_next, after))
        for state in states:
            pages = state.value(FIELD) if not audience or audience in state.members else None
            if isinstance(pages, Mapping) and pages:
                visitors += 1
                by_page.update(dict.fromkeys(map(str, pages), 1))
        if len(states) < _AT_ONCE:
            return PageVisits(visitors, by_page)
        after = states[-1].id


def _next(after: str, reader: Reader) -> list[ProfileState]:
    return reader.profiles(after, _AT_ONCE)

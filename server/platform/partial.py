"""Profiles with only the fields that a condition looks at: going through all of them takes a fraction of the time."""

from collections.abc import Iterable
from datetime import datetime

from understudy.server.platform.audiences import AudienceBook
from understudy.server.platform.filterql import Statement, includes
from understudy.server.platform.filterql.reads import all_names
from understudy.server.platform.rules import HIDDEN
from understudy.server.platform.scores import NAMES
from understudy.server.platform.state import DAYS, DERIVED, SINGLE, ProfileState, operator_of

_SCORED = ("last_active_ts", "_created", "_num_events", DAYS)
_BEHIND = {
    "_num_aliases": (*SINGLE, "_uids"),
    "_num_streams": ("_streamnames",),
    "_num_days": (DAYS,),
    **dict.fromkeys(NAMES, _SCORED),
}
_DERIVED = frozenset(DERIVED)


def fields_of(statements: Iterable[Statement], book: AudienceBook) -> frozenset[str] | None:
    """The fields that conditions look at, with those that they include and are worked out from; None when any may."""
    found, waiting, seen = set[str](), [statement.phrase for statement in statements], set[str]()
    while waiting:
        phrase = waiting.pop()
        found |= all_names(phrase)
        for sources in book.computed.sources(book.needs(phrase)):
            if sources is None:
                return None
            found |= sources
        for include in includes(phrase):
            audience = book.find(include.slug)
            if audience is not None and audience.slug not in seen:
                seen.add(audience.slug)
                waiting.append(audience.statement.phrase)
    return frozenset(found)


def stored_fields(names: Iterable[str]) -> tuple[str, ...]:
    """What is stored of these fields, and of those that they follow from."""
    return tuple(sorted({each for name in names for each in (name, *_BEHIND.get(name, ()))}))


def values_of(state: ProfileState, names: frozenset[str], now: datetime) -> dict[str, object]:
    """The typed values that a profile has for these fields, of which no more need be there."""
    found = {name: value for name, value in state.derived(now).items() if name in names} if names & _DERIVED else {}
    for name, kept in state.fields.items():
        if name in names and not name.startswith(HIDDEN):
            found[name] = operator_of(name, state.operators).read(kept)
    return found

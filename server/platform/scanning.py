"""Going through all profiles for those that a condition is true of. For a thread of its own: it takes a while.

Profiles are read a batch at a time, so that the writer is not kept from its work; one that is written meanwhile may be
seen before or after, never half.
"""

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from understudy.server.platform.audience import USERS
from understudy.server.platform.audiences import AudienceBook
from understudy.server.platform.codec import plain
from understudy.server.platform.filterql import UNKNOWN, Statement
from understudy.server.platform.filterql.compiler import Check, compile_phrase
from understudy.server.platform.filterql.context import Context
from understudy.server.platform.partial import fields_of, stored_fields, values_of
from understudy.server.platform.profile import Profile, profile_of
from understudy.server.platform.state import ProfileState
from understudy.server.platform.store import Store

BATCH = 200
Decide = Callable[[Mapping[str, object]], bool]


@dataclass(frozen=True, slots=True)
class Page:
    """Some of the profiles found, how many there are in all, and where to go on: empty after the last."""

    profiles: list[Profile]
    total: int
    next: str


def decider(statement: Statement, book: AudienceBook, now: datetime) -> Decide:
    """Whether a condition is true of a profile's typed fields; only audiences that it includes are decided besides."""
    check = compile_phrase(statement.phrase)
    needed = book.needs(statement.phrase)
    included: dict[str, Check] = {}
    answers: dict[str, object] = {}

    def include(name: str) -> object:
        audience = book.find(name)
        if audience is None or audience.statement.table != USERS:
            return UNKNOWN
        slug = audience.slug
        if slug not in answers:
            answers[slug] = UNKNOWN  # for a circle of audiences, which none is a member of
            if slug not in included:
                included[slug] = compile_phrase(audience.statement.phrase)
            answers[slug] = included[slug](context)
        return answers[slug]

    context = Context({}, now, include)

    def decide(fields: Mapping[str, object]) -> bool:
        answers.clear()
        context.fields = book.computed.over(fields, needed) if needed else fields
        return check(context) is True

    return decide if statement.table == USERS else lambda _fields: False


def everyone(store: Store, fields: tuple[str, ...] | None = None) -> Iterator[ProfileState]:
    """All profiles by id, with all their fields or only these."""
    after = ""
    while states := store.read(lambda reader, after=after: reader.profiles(after, BATCH, fields)):  # type: ignore[misc]
        yield from states
        after = states[-1].id


def all_values(
    store: Store, statements: Iterable[Statement], book: AudienceBook, now: datetime, *more: str
) -> Iterator[tuple[ProfileState, Mapping[str, object]]]:
    """All profiles by id, with the values that these conditions look at, and `more`."""
    names = fields_of(statements, book)
    if names is None:
        yield from ((state, state.values(now)) for state in everyone(store))
        return
    wanted = names.union(more)
    yield from ((state, values_of(state, wanted, now)) for state in everyone(store, stored_fields(wanted)))


def count(store: Store, statements: Sequence[Statement], book: AudienceBook, now: datetime) -> list[int]:
    """How many profiles each condition is true of, in one going through."""
    deciders = [decider(statement, book, now) for statement in statements]
    found = [0] * len(deciders)
    for _, values in all_values(store, statements, book, now):
        for place, decide in enumerate(deciders):
            found[place] += decide(values)
    return found


def visit(
    store: Store,
    statement: Statement,
    book: AudienceBook,
    now: datetime,
    visitor: Callable[[Mapping[str, object]], None],
    wanted: Collection[str] = "*",
) -> None:
    """Show a visitor the typed fields, and of computed ones those `wanted`, of each profile a condition is true of."""
    decide, computed = decider(statement, book, now), book.computed.among(wanted)
    for state in everyone(store):
        values = state.values(now)
        if decide(values):
            visitor(book.computed.over(values, computed))


def scan(
    store: Store,
    statement: Statement,
    book: AudienceBook,
    now: datetime,
    *,
    limit: int,
    start: str = "",
    sort: str = "",
    descending: bool = False,
) -> Page:
    """A page of the profiles that a condition is true of, by `_id`, or by a field and then by `_id`.

    `start` is what the page before said in `next`: the last `_id` of it.
    """
    decide = decider(statement, book, now)
    found: list[tuple[tuple[object, ...], str]] = []
    for state, values in all_values(store, [statement], book, now, sort):
        if decide(values):
            found.append((rank(values.get(sort)) if sort else (), state.id))
    found.sort(key=lambda item: item[0], reverse=descending)
    begin = next((place for place, (_, each) in enumerate(found, 1) if each == start), len(found)) if start else 0
    ids = [each for _, each in found[begin : begin + limit]]
    states = store.read(lambda reader: [reader.load(each) for each in ids])
    more = begin + limit < len(found)
    return Page(
        [profile_of(state, book, now) for state in states if state], len(found), ids[-1] if more and ids else ""
    )


def rank(value: object) -> tuple[object, ...]:
    """A sort key among values of any kind: numbers before texts before all else, no value first."""
    shown = plain(value)
    if value is None:
        return (0, 0)
    if isinstance(shown, int | float):
        return (1, shown)
    return (2, shown) if isinstance(shown, str) else (3, repr(shown))

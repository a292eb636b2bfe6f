"""Deciding only what an event and the time can have changed, which must come to what deciding everything does."""

from datetime import UTC, datetime, timedelta, timezone
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from understudy.server.platform.audience import Decided
from understudy.server.platform.audiences import AudienceBook, parse_audience
from understudy.server.platform.codec import to_ms
from understudy.server.platform.deciding import decide
from understudy.server.platform.filterql.compiler import compile_phrase
from understudy.server.platform.filterql.context import UNKNOWN, Context
from understudy.server.platform.filterql.evaluator import no_includes
from understudy.server.platform.state import ProfileState

NOW = datetime(2026, 11, 23, 12, 0, 0, 250_000, tzinfo=UTC)
FAR = datetime(9998, 1, 1, tzinfo=UTC)
NAMES = ["a", "b", "m", "t"]
FIELD = st.sampled_from(["a", "b", "t", "t", "m.k", "m.t"])
PLAIN = ["1", "2", "2.5", "0", '"x"', '"y"', '"1"', '""', "true", '"2026-11-23"']
RELATIVE = ['"now-1d"', '"now-3h"', '"now-90s"', '"now+1h"', '"now-1M"', '"now+1M"', '"now-99999d"']
DATE = st.sampled_from(RELATIVE)
ORDER = st.sampled_from(["<", "<=", ">", ">="])


def phrases_with(constants: list[str]) -> st.SearchStrategy[str]:
    """Conditions, of which `=` and lists are with these constants."""
    constant, any_constant = st.sampled_from(constants), st.sampled_from(PLAIN + RELATIVE)
    condition = st.one_of(
        st.builds("{} {} {}".format, FIELD, st.sampled_from(["=", "!="]), constant),
        st.builds("{} {} {}".format, FIELD, ORDER, any_constant),
        st.builds("{} {} {}".format, st.sampled_from(["t", "m.t"]), ORDER, DATE),
        st.builds("{} BETWEEN {} AND {}".format, FIELD, any_constant, any_constant),
        st.builds("t BETWEEN {} AND {}".format, DATE, DATE),
        st.builds("{} INTERSECTS ({}, {})".format, FIELD, constant, constant),
        st.builds("{} IN ({})".format, FIELD, constant),
        st.builds("EXISTS {}".format, FIELD),
        st.builds("{} CONTAINS {}".format, FIELD, constant),
        st.builds("INCLUDE {}".format, st.sampled_from(["s0", "s1", "gone"])),
    )
    return st.recursive(
        condition,
        lambda inner: st.one_of(
            st.builds("NOT {}".format, inner),
            st.builds("AND ({}, {})".format, inner, inner),
            st.builds("OR ({}, {})".format, inner, inner),
        ),
        max_leaves=4,
    )


PHRASE = phrases_with(PLAIN + RELATIVE)
TIME = st.sampled_from(
    [
        *(
            NOW - timedelta(seconds=seconds, microseconds=250_000)
            for seconds in (0, 90, 91, 7200, 10_800, 86_399, 86_400)
        ),
        NOW - timedelta(hours=23, milliseconds=700),
        NOW + timedelta(minutes=59),
        (NOW - timedelta(hours=1)).astimezone(timezone(timedelta(hours=5))),
        datetime(1969, 12, 31, 23, 59, 59, 500_000, tzinfo=UTC),
        datetime(9999, 12, 31, tzinfo=UTC),
    ]
)
SCALAR = st.one_of(st.sampled_from([0, 1, 2, 3, 2.5, 1.0, True, "x", "y", "z", "1", ""]), TIME)
VALUE = st.one_of(
    SCALAR, SCALAR, st.lists(SCALAR, max_size=2), st.dictionaries(st.sampled_from(["k", "t", "x"]), SCALAR, max_size=2)
)
FIELDS = st.fixed_dictionaries({}, optional=dict.fromkeys(NAMES, VALUE))
STEP = st.sampled_from([0, 0, 1, 89, 90, 3600, 7200, 86_400, -3600, 40 * 86_400])


def book_of(phrases: list[str]) -> AudienceBook:
    return AudienceBook(parse_audience(f"FILTER {phrase} ALIAS s{index}") for index, phrase in enumerate(phrases))


@settings(max_examples=400)
@given(st.lists(PHRASE, min_size=2, max_size=5), st.lists(st.tuples(FIELDS, STEP), min_size=2, max_size=4))
def test_3_6_deciding_what_may_have_changed_gives_the_same(
    phrases: list[str], steps: list[tuple[dict[str, Any], int]]
) -> None:
    book, now, fields = book_of(phrases), NOW, dict[str, Any]()
    last: Decided | None = None
    for values, seconds in steps:
        touched = [name for name in NAMES if fields.get(name) is not values.get(name)]
        fields, now = values, now + timedelta(seconds=seconds)
        last = book.decide(fields, now, last, touched)
        assert last.members == book.members(fields, now)


@settings(max_examples=400)
@given(st.lists(phrases_with(PLAIN), min_size=2, max_size=4), FIELDS, st.sampled_from([NOW, NOW, FAR]))
def test_3_6_nothing_moves_before_the_moment_that_is_told(
    phrases: list[str], fields: dict[str, Any], now: datetime
) -> None:
    book = book_of(phrases)
    members, due = book.members(fields, now), book.next_moment(fields, now)
    assert due is None or due > now
    last = now + timedelta(days=400) if due is None else due - timedelta(seconds=1)
    for moment in (now + (last - now) / 3, now + timedelta(seconds=1), last):
        if now <= moment <= last and moment.year < 9999:
            assert book.members(fields, moment) == members


@settings(max_examples=400)
@given(PHRASE, FIELDS, st.sampled_from([NOW, FAR, NOW.replace(tzinfo=None)]))
def test_3_6_the_short_way_decides_as_the_long_one_does(condition: str, fields: dict[str, Any], now: datetime) -> None:
    phrase = parse_audience(f"FILTER {condition} ALIAS s").statement.phrase
    context = Context(fields, now, no_includes)
    short, long = compile_phrase(phrase)(context), compile_phrase(phrase, lambda _node, check: check)(context)
    assert short is long or (short is not UNKNOWN and long is not UNKNOWN and short == long)


def test_members_that_someone_else_wrote_are_decided_anew() -> None:
    book = book_of(["a > 1", 't > "now-1d"'])
    state = ProfileState("p")
    values: dict[str, object] = {"a": 2, "t": NOW}
    decide(state, book, values, to_ms(NOW))
    assert state.members == ["s0", "s1"]
    state.members = ["s0"]  # as the timekeeper of another process has it
    decide(state, book, values, to_ms(NOW), touched=[])
    assert state.members == ["s0", "s1"]
    other = book_of(["a > 2", 't > "now-1d"'])
    decide(state, other, values, to_ms(NOW), touched=[])
    assert (state.members, state.book) == (["s1"], other.digest)


def test_an_event_that_crosses_nothing_decides_nothing() -> None:
    book = book_of(["a > 10", 't > "now-1d"', 'b IN ("x")', "INCLUDE s0"])
    first = book.decide({"a": 3, "t": NOW, "b": "y"}, NOW)
    later = NOW + timedelta(hours=3)
    second = book.decide({"a": 9, "t": later, "b": "z"}, later, first, ["a", "b", "t"])
    assert second.members is first.members
    assert second.due == (later + timedelta(days=1)).replace(microsecond=0)
    third = book.decide({"a": 11, "t": later, "b": "z"}, later, second, ["a"])
    assert third.members == ["s0", "s1", "s3"]

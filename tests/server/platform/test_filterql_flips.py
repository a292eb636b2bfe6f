"""The moments at which time alone changes an answer (platform.md 3.6): by vectors, and against trying it out."""

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from platform_vectors import read, typed

from understudy.server.platform.audiences import AudienceBook, Flip, parse_audience

VECTORS = read("filterql_flips.json")
FIELDS = typed(VECTORS["fields"])
SECOND = timedelta(seconds=1)


def book_of(ql: str) -> AudienceBook:
    others = [parse_audience(text, slug=slug) for slug, text in VECTORS["audiences"].items()]
    return AudienceBook([*others, parse_audience(ql, slug="asked")])


def inside(book: AudienceBook, at: datetime, fields: dict[str, Any] = FIELDS) -> bool:
    return "asked" in book.members(fields, at)


@pytest.mark.parametrize(
    "case", VECTORS["cases"], ids=lambda case: f"{case['ql'].removeprefix('FILTER ')} {case['now']}"
)
def test_3_6_the_nearest_flip(case: dict[str, Any]) -> None:
    book, now = book_of(case["ql"]), datetime.fromisoformat(case["now"])
    assert inside(book, now) is case["before"]
    flip = book.flip("asked", FIELDS, now)
    if case["flip"] is None:
        assert flip is None
        return
    at = datetime.fromisoformat(case["flip"])
    assert flip == Flip(at, not case["before"])
    assert inside(book, at - SECOND) is case["before"]
    assert inside(book, at) is not case["before"]
    soonest = book.next_moment(FIELDS, now)
    assert soonest is not None
    assert now < soonest <= at


def test_3_6_a_profile_is_watched_for_the_first_of_all_audiences() -> None:
    book, now = AudienceBook.with_defaults(), datetime(2026, 11, 23, 12, tzinfo=UTC)
    seen = {"lastvisit_ts": now - timedelta(hours=3), "_created": now - timedelta(days=2), "_modified": now}
    assert book.next_moment(seen, now) == now + timedelta(hours=21)
    assert book.next_moment({}, now) is None
    assert book.clock_digest == AudienceBook.with_defaults([parse_audience("FILTER a = 1 ALIAS x")]).clock_digest
    assert book.clock_digest != AudienceBook.with_defaults([parse_audience('FILTER a < "now" ALIAS x')]).clock_digest
    with pytest.raises(KeyError):
        book.flip("gone", {}, now)


def test_3_6_audiences_in_a_circle_never_flip() -> None:
    book = AudienceBook([parse_audience('FILTER AND (INCLUDE me, seen > "now-3d") ALIAS me')])
    assert book.flip("me", FIELDS, datetime(2026, 11, 23, tzinfo=UTC)) is None


UNITS = st.sampled_from(["now-1d", "now-2d", "now-36h", "now+1d", "now-1M", "now-2M", "now+1M", "now-1y", "now"])
OPS = st.sampled_from([">", ">=", "<", "<="])
CLAUSES = st.builds(lambda op, unit, not_: f'{"NOT " * not_}t {op} "{unit}"', OPS, UNITS, st.integers(0, 1))
MOMENTS = st.datetimes(datetime(2027, 1, 1), datetime(2028, 4, 1)).map(lambda time: time.replace(tzinfo=UTC))


@given(st.lists(CLAUSES, min_size=1, max_size=3), st.sampled_from(["AND", "OR"]), MOMENTS, MOMENTS, MOMENTS)
def test_3_6_nothing_changes_before_the_flip_and_something_does_at_it(
    clauses: list[str], word: str, time: datetime, now: datetime, other: datetime
) -> None:
    book = AudienceBook([parse_audience(f"FILTER {word} ({', '.join(clauses)})", slug="asked")])
    fields = {"t": time}
    before = inside(book, now, fields)
    flip = book.flip("asked", fields, now)
    if other > now and (flip is None or other < flip.at - SECOND):
        assert inside(book, other, fields) is before
    first = book.next_moment(fields, now)
    if flip is not None:
        assert flip.inside is inside(book, flip.at, fields) is not before
        assert inside(book, flip.at - SECOND, fields) is before
        assert first is not None
        assert first <= flip.at

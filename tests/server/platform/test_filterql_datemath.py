"""Relative and absolute dates."""

from datetime import UTC, datetime, timedelta

import pytest

from understudy.server.platform.filterql import DateMathError
from understudy.server.platform.filterql.datemath import from_number, parse_date, shift

NOW = datetime(2026, 3, 31, 10, 20, 30, tzinfo=UTC)


@pytest.mark.parametrize(
    ("expression", "expected"),
    [
        ("now", NOW),
        ("now-3d", NOW - timedelta(days=3)),
        ("now+2w", NOW + timedelta(weeks=2)),
        ("now-5h", NOW - timedelta(hours=5)),
        ("now-5m", NOW - timedelta(minutes=5)),
        ("now+5s", NOW + timedelta(seconds=5)),
        ("-3d", NOW - timedelta(days=3)),
        ("now-1y", NOW.replace(year=2025)),
        ("now+1M", NOW.replace(month=5, day=1)),
        ("now-1M", NOW.replace(month=3, day=3)),
        ("now-13M", NOW.replace(year=2025, month=3, day=3)),
    ],
)
def test_relative(expression: str, expected: datetime) -> None:
    assert shift(expression, NOW) == expected


def test_leap_day_runs_over() -> None:
    assert shift("now+1y", datetime(2028, 2, 29, tzinfo=UTC)) == datetime(2029, 3, 1, tzinfo=UTC)


@pytest.mark.parametrize(
    "expression",
    ["", "no", "3d", "now-3", "now-3x", "now-d", "now-1d+2h", "now/d", "now-99999999y", "now+999999999999d"],
)
def test_relative_errors_show_the_text(expression: str) -> None:
    with pytest.raises(DateMathError, match=r"relative date|lies outside") as caught:
        shift(expression, NOW)
    assert repr(expression) in str(caught.value)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("2015-04-01", datetime(2015, 4, 1, tzinfo=UTC)),
        ("2015-04-01 00:00:00Z", datetime(2015, 4, 1, tzinfo=UTC)),
        ("2015-04-01T02:00:00+02:00", datetime(2015, 4, 1, tzinfo=UTC)),
        (" 12/18/2015 ", datetime(2015, 12, 18, tzinfo=UTC)),
        ("12/18/2015 10:30", datetime(2015, 12, 18, 10, 30, tzinfo=UTC)),
        ("1427846400000", datetime(2015, 4, 1, tzinfo=UTC)),
        ("1427846400", datetime(2015, 4, 1, tzinfo=UTC)),
        ("18/12/2015", None),
        ("yesterday", None),
        ("0001-01-01T00:00:00+23:00", None),
        ("", None),
    ],
)
def test_absolute(text: str, expected: datetime | None) -> None:
    assert parse_date(text) == expected


def test_numbers_outside_of_the_calendar_are_no_date() -> None:
    assert from_number(1e300) is None
    assert from_number(0) == datetime(1970, 1, 1, tzinfo=UTC)

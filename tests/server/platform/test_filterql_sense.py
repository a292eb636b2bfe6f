"""Comparisons with what is no number and no date (platform.md 3.6)."""

import pytest

from understudy.server.platform.filterql import parse
from understudy.server.platform.filterql.sense import senseless


def found(ql: str) -> list[tuple[int, int, str]]:
    return [(one.line, one.column, one.message) for one in senseless(parse(ql).phrase)]


def test_3_6_a_date_without_sense_is_told_by_its_place() -> None:
    ql = 'FILTER OR (\n  NOT seen > "now-3x",\n  seen BETWEEN "now-1d" AND "now-1d+2h", "now/d" <= seen)'
    assert found(ql) == [
        (2, 14, "'now-3x' is no relative date"),
        (3, 29, "'now-1d+2h' is no relative date"),
        (3, 42, "'now/d' is no number and no date"),
    ]


def test_3_6_a_date_outside_the_calendar_is_told_too() -> None:
    ((_, _, message),) = found('FILTER seen > "now-99999999y"')
    assert message == "'now-99999999y' lies outside the years 1 to 9999"


def test_3_6_every_complaint_says_what_to_write() -> None:
    hints = [one.hint for text in ("now-3x", "yesterday") for one in senseless(parse(f'FILTER a < "{text}"').phrase)]
    assert [hint.split(",")[0] for hint in hints] == ["write now", "write 5"]


@pytest.mark.parametrize(
    "ql",
    [
        'FILTER AND (a > "now-3d", b < "9.4", c >= "2015-04-01 00:00:00Z", d <= "12/18/2015", e > "-2")',
        'FILTER OR (title = "now-or-never", title != "yesterday", title LIKE "now-*", title IN ("now-3x"))',
        "FILTER AND (a > 1, b > c, d BETWEEN 1 AND 2.5)",
    ],
)
def test_3_6_numbers_dates_and_other_questions_make_sense(ql: str) -> None:
    assert found(ql) == []

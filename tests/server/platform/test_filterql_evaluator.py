"""Explanations, the injected clock, and what a condition is known to look at."""

from datetime import UTC, datetime

import pytest

from understudy.server.platform.filterql import UNKNOWN, evaluate, explain, parse
from understudy.server.platform.filterql.reads import reads

NOW = datetime(2026, 11, 23, 12, tzinfo=UTC)


def test_explanation_tells_what_was_seen() -> None:
    statement = parse('FILTER AND (visitct > 2, NOT email LIKE "*@x.com", seen > "now-1d", INCLUDE gone, never = 1)')
    fields = {"visitct": 3, "email": "a@y.com", "seen": NOW}
    explanation = explain(statement, fields, now=NOW)
    assert explanation.result is None
    assert explanation.lines()[1:] == [
        "  yes: visitct > 2  (visitct is 3)",
        '  yes: NOT email LIKE "*@x.com"',
        "    no: email LIKE \"*@x.com\"  (email is 'a@y.com')",
        '  yes: seen > "now-1d"  (seen is 2026-11-23T12:00:00+00:00)',
        "  unknown: INCLUDE gone",
    ]
    assert explanation.parts[0].seen == {"visitct": 3}
    assert explain(parse("FILTER x = 1"), {}, now=NOW).lines() == ["no: x = 1  (x is missing)"]


def test_now_is_the_callers() -> None:
    statement = parse('FILTER seen > "now-1d"')
    assert evaluate(statement, {"seen": NOW}, now=NOW)
    assert not evaluate(statement, {"seen": NOW}, now=NOW.replace(day=25))
    assert evaluate(statement, {"seen": NOW}, now=NOW.replace(tzinfo=None))


def test_unknown_is_neither_true_nor_false() -> None:
    with pytest.raises(TypeError, match="neither true nor false"):
        bool(UNKNOWN)
    assert repr(UNKNOWN) == "unknown"


@pytest.mark.parametrize(
    ("condition", "expected"),
    [
        ("*", set()),
        ("a = 1", {"a"}),
        ("AND (a = 1, OR (EXISTS b, NOT c IN (1, 2)))", {"a", "b", "c"}),
        ("m.key > 1", {"m", "m.key"}),
        ("scores.intensity > 1", {"scores", "scores.intensity", "score_intensity"}),
        ("tolower(a) = b", {"a", "b"}),
        ("a BETWEEN b AND 3", {"a", "b"}),
        ('a > "now-1d"', None),
        ("now() > a", None),
        ('AND (b = 1, todate(a) > "2026-01-01")', None),
        ("INCLUDE other", set()),
    ],
)
def test_what_a_condition_looks_at(condition: str, expected: set[str] | None) -> None:
    assert reads(parse(f"FILTER {condition}").phrase) == expected

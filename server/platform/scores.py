"""Behavioural scores, whole numbers from 0 to 100, by formulas of our own (platform.md 3.4).

The vendor's formulas are UNKNOWN, and compare a visitor with an account's others; these look at one profile alone, so
that a score is the same in every run. Each goes one way with what its name says, all else being equal. A persona (or an
event) that states a score overrides it, which is the way to try an audience out. With n events on d days, of which
`recent` are among the last 14 days and `earlier` among the 14 before, `idle` days since the last and `age` days since
the first event:

quantity     100 n / (n + 50)                        more events, more
frequency    100 (recent + earlier) / 28             more of the last 28 days, more
recency      100 (1 - idle / 365)                    the longer ago, the less
intensity    100 (n / d) / (n / d + 10)              more events a day of activity, more
momentum     50 + 50 (recent - earlier) / 14         over 50 when it grows; 0 after 28 days of nothing
propensity   recency (d - 1) / (d + 1)               who came back often and lately comes again
consistency  25 for each of the last 4 weeks with activity
maturity     100 age / 365, at most 100
volatility   100 (days without activity) / (days)    of the last 28, or since the first event

They are as of a moment: that of the last event when one is stored, and now when a profile is looked at. A profile
without events has none.
"""

from collections.abc import Container
from datetime import date, timedelta
from functools import lru_cache

NAMES = (
    "score_quantity",
    "score_frequency",
    "score_recency",
    "score_intensity",
    "score_momentum",
    "score_propensity",
    "score_consistency",
    "score_maturity",
    "score_volatility",
)
_WINDOW, _HALF, _WEEK, _YEAR = 28, 14, 7, 365


def scores(events: int, active: Container[str], days: int, first: date, last: date, today: date) -> dict[str, int]:
    """All scores of a profile with that many events, on `days` days: those of `active`, in ISO 8601."""
    pattern = tuple([day in active for day in _last_days(today)])
    return dict(zip(NAMES, _scores(events, days, pattern, (today - first).days, (today - last).days), strict=True))


@lru_cache(maxsize=64)
def _last_days(today: date) -> tuple[str, ...]:
    """The days of the window, the last first."""
    return tuple((today - timedelta(days=back)).isoformat() for back in range(min(_WINDOW, today.toordinal())))


@lru_cache(maxsize=4096)
def _scores(events: int, days: int, pattern: tuple[bool, ...], age: int, idle: int) -> tuple[int, ...]:
    days, age, idle = max(1, days), max(0, age), max(0, idle)
    recent, earlier = sum(pattern[:_HALF]), sum(pattern[_HALF:])
    recency = max(0.0, 100 * (1 - idle / _YEAR))
    depth = events / days
    span = min(_WINDOW, age + 1)
    weeks = sum(any(pattern[start : start + _WEEK]) for start in range(0, _WINDOW, _WEEK))
    found = (
        100 * events / (events + 50),
        100 * (recent + earlier) / _WINDOW,
        recency,
        100 * depth / (depth + 10),
        50 + 50 * (recent - earlier) / _HALF if recent or earlier else 0,
        recency * (days - 1) / (days + 1),
        25 * weeks,
        min(100.0, 100 * age / _YEAR),
        100 * (span - sum(pattern[:span])) / span,
    )
    return tuple(int(score) for score in found)

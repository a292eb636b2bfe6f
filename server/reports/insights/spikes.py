"""Spikes: a day on which much more, or much less, happened than on those before it.

The rule, for impressions and for conversions of each experience: the count of a whole day (UTC) is compared with the
mean m of the `BEFORE` days before it, counted from the experience's first event on, of which there must be at least
`LEAST_DAYS`. The margin is three times the largest of: their standard deviation, the square root of m, and 1. More than
m plus the margin, and at least `LEAST`, is a spike; less than m minus the margin is a drop, where the experience is
published. Of each experience and measure the latest such day is told, for two weeks.
"""

from collections.abc import Iterator
from datetime import timedelta
from math import sqrt
from statistics import fmean, pstdev

from understudy.server.platform.codec import plain
from understudy.server.reports.evidence import Evidence
from understudy.server.reports.insights.card import Card
from understudy.server.reports.periods import Period
from understudy.server.reports.subjects import Subject
from understudy.server.reports.tally import Tally

LEAST, LEAST_DAYS, BEFORE, TOLD = 10, 7, 14, 14
NEEDED = BEFORE + TOLD + 1  # days, with today, which is not over
MEASURES = ("impressions", "conversions")


def spikes(evidence: Evidence) -> Iterator[Card]:
    """The cards of spikes and drops. The evidence must be in days."""
    for subject in evidence.subjects:
        tallies = evidence.of(subject.shown)
        for measure in MEASURES:
            card = _latest(subject, measure, tallies, evidence.period)
            if card is not None:
                yield card


def _latest(subject: Subject, measure: str, tallies: list[Tally], period: Period) -> Card | None:
    counts = daily(tallies, measure)
    if not counts:
        return None
    live = subject.experience is not None and subject.experience.published
    begun = min(day for tally in tallies for day in tally.buckets)
    for day in range(period.last - 1, period.last - 1 - TOLD, -1):
        before = [counts.get(each, 0) for each in range(max(begun, day - BEFORE), day)]
        if len(before) < LEAST_DAYS:
            return None
        mean, margin = fmean(before), margin_of(before)
        count = counts.get(day, 0)
        if (count > mean + margin and count >= LEAST) or (live and count < mean - margin):
            return _card(subject, measure, period, day, count, mean, margin)
    return None


def daily(tallies: list[Tally], measure: str) -> dict[int, int]:
    """What happened on each day on which something did."""
    counts: dict[int, int] = {}
    for tally in tallies:
        for day, bucket in tally.buckets.items():
            if found := getattr(bucket, measure):
                counts[day] = counts.get(day, 0) + found
    return counts


def margin_of(before: list[int]) -> float:
    """How far from the mean of these days a day may be and still be like them."""
    return 3 * max(pstdev(before), sqrt(fmean(before)), 1.0)


def _card(subject: Subject, measure: str, period: Period, day: int, count: int, mean: float, margin: float) -> Card:
    more = count > mean
    date = period.start(day).date().isoformat()
    usual = f"{mean:.1f}".removesuffix(".0")
    return Card(
        kind="spike" if more else "drop",
        about=f"{subject.id} {measure}",
        title=f"{subject.label}: {'many' if more else 'few'} {measure} on {date}",
        text=f"{count:,} {measure} on {date}, where the days before had {usual} on average.",
        advice=(
            "See what led people there that day: a mailing, a link, a robot. If it was good, do it again."
            if more
            else "See whether its pages, audience or dates changed that day, and whether the widget still opens."
        ),
        numbers={"date": date, measure: count, "mean_before": round(mean, 2), "margin": round(margin, 2)},
        weight=abs(count - mean) / margin,
        experience=subject.id,
        expires_at=str(plain(period.start(day + 1) + timedelta(days=TOLD))),
    )

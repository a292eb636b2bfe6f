"""Figures over time: a point for each hour or day of a period."""

from bisect import bisect_left
from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime

from understudy.server.platform.codec import plain
from understudy.server.reports.periods import LENGTHS, Period
from understudy.server.reports.tally import Bucket, Tally, share, together


@dataclass(frozen=True, slots=True)
class Point:
    """One hour or day, by when it begins. `reach` and `converted` are visitors of that hour or day, each once in it.

    `rate` is converted of reached from the beginning up to its end: within one day others convert than are reached.
    """

    start: datetime
    impressions: int
    reach: int
    conversions: int
    converted: int
    rate: float | None

    def as_json(self) -> dict[str, object]:
        """All of it, ready for JSON."""
        return {name: plain(getattr(self, name)) for name in self.__slots__}


def series(tallies: Collection[Tally], period: Period) -> list[Point]:
    """The points of some widgets together."""
    reached = sorted(together(tally.reached for tally in tallies).values())
    converted = sorted(together(tally.converted for tally in tallies).values())
    points = []
    for number in range(period.first, period.last + 1):
        found = [bucket for tally in tallies if (bucket := tally.buckets.get(number))]
        end = (number + 1) * LENGTHS[period.by]
        rate = share(bisect_left(converted, end), bisect_left(reached, end))
        points.append(_point(period.start(number), found, rate))
    return points


def outside(tallies: Collection[Tally], period: Period) -> dict[str, dict[str, int]]:
    """What lies before the period and after it, so that all that was counted adds up; pages' clocks may be ahead."""
    parts: dict[str, list[Bucket]] = {"earlier": [], "later": []}
    for tally in tallies:
        for number, bucket in tally.buckets.items():
            if not period.first <= number <= period.last:
                parts["earlier" if number < period.first else "later"].append(bucket)
    return {
        name: {
            "impressions": sum(bucket.impressions for bucket in found),
            "conversions": sum(bucket.conversions for bucket in found),
        }
        for name, found in parts.items()
    }


def _point(start: datetime, found: list[Bucket], rate: float | None) -> Point:
    return Point(
        start,
        impressions=sum(bucket.impressions for bucket in found),
        reach=len(set().union(*(bucket.reached for bucket in found))),
        conversions=sum(bucket.conversions for bucket in found),
        converted=len(set().union(*(bucket.converted for bucket in found))),
        rate=rate,
    )

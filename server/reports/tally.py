"""What happened with one widget, counted; and the figures that are made of one or several of these.

Reach and conversion are told in visitors, so several widgets are counted together as sets: who saw both variations of
an experience was reached once. An act counts when it happened (platform.md 2.4; the field `_ts`), by the page's clock.
"""

from collections import Counter, deque
from collections.abc import Collection, Iterable
from dataclasses import dataclass, field

from understudy.server.platform.conversions import converts
from understudy.server.platform.survey import Act
from understudy.server.reports.periods import Period

SHOWN = "show"
KEPT = 50  # of the latest acts


@dataclass(slots=True)
class Bucket:
    """One hour or day."""

    impressions: int = 0
    conversions: int = 0
    reached: set[str] = field(default_factory=set)
    converted: set[str] = field(default_factory=set)


@dataclass(slots=True)
class Tally:
    """`reached` and `converted` hold profiles with the moment at which they first were."""

    kinds: Counter[str] = field(default_factory=Counter)
    conversions: int = 0
    reached: dict[str, float] = field(default_factory=dict)
    converted: dict[str, float] = field(default_factory=dict)
    buckets: dict[int, Bucket] = field(default_factory=dict)
    latest: deque[Act] = field(default_factory=lambda: deque(maxlen=KEPT))
    conversion_of: dict[str, Act] = field(default_factory=dict)  # the last of each profile

    def add(self, act: Act, period: Period) -> None:
        """Count an act."""
        self.kinds[act.kind] += 1
        self.latest.append(act)
        shown, converted = act.kind == SHOWN, converts(act.kind, act.widget_type)
        if not shown and not converted:
            return
        number = period.number(act.time)
        bucket = self.buckets.get(number)
        if bucket is None:
            bucket = self.buckets[number] = Bucket()
        if shown:
            bucket.impressions += 1
            bucket.reached.add(act.profile)
            self.reached[act.profile] = min(act.time, self.reached.get(act.profile, act.time))
        if converted:
            self.conversions += 1
            bucket.conversions += 1
            bucket.converted.add(act.profile)
            self.converted[act.profile] = min(act.time, self.converted.get(act.profile, act.time))
            self.conversion_of[act.profile] = act


@dataclass(frozen=True, slots=True)
class Figures:
    """`potential` is None where nobody can say who could have seen it."""

    potential: int | None
    reach: int
    impressions: int
    converted: int
    conversions: int
    closes: int
    cancels: int
    hovers: int

    @property
    def rate(self) -> float | None:
        """Converted of reached, as campaigns have it."""
        return share(self.converted, self.reach)

    @property
    def rate_of_potential(self) -> float | None:
        """Converted of ever eligible, as goals and stages have it."""
        return None if self.potential is None else share(self.converted, self.potential)

    def as_json(self) -> dict[str, object]:
        """All of it, ready for JSON."""
        counts = {name: getattr(self, name) for name in self.__slots__}
        return {**counts, "rate": self.rate, "rate_of_potential": self.rate_of_potential}


def figures(tallies: Collection[Tally], potential: int | None) -> Figures:
    """The figures of some widgets together."""
    kinds: Counter[str] = Counter()
    for tally in tallies:
        kinds.update(tally.kinds)
    return Figures(
        potential=potential,
        reach=len(together(tally.reached for tally in tallies)),
        impressions=kinds[SHOWN],
        converted=len(together(tally.converted for tally in tallies)),
        conversions=sum(tally.conversions for tally in tallies),
        closes=kinds["close"],
        cancels=kinds["cancel"],
        hovers=kinds["hover"],
    )


def together(found: Iterable[dict[str, float]]) -> dict[str, float]:
    """The profiles of several widgets, each with the earliest moment."""
    first: dict[str, float] = {}
    for each in found:
        for profile, moment in each.items():
            first[profile] = min(moment, first.get(profile, moment))
    return first


def share(part: int, whole: int) -> float | None:
    """A part of a whole, to four places; None of nothing. More than all of it is all of it: some have converted whom
    nothing was seen to reach."""
    return round(min(1.0, part / whole), 4) if whole else None

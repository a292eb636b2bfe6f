"""The stretch of time that a report shows, in hours or days.

Hours and days are UTC's, as those of the profile fields `hourly` and `hourofweek` are, so that a report is the same on
every machine. The last one is that of the site's clock, and not over yet.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from understudy.server.numbers import whole_number
from understudy.server.platform.clock import LAST_MS
from understudy.server.platform.codec import from_ms

HOUR, DAY = 3_600_000, 86_400_000
LENGTHS = {"hour": HOUR, "day": DAY}
USUAL = {"hour": 48, "day": 30}
MOST = 400  # of them in one report
TIME_ZONE = "UTC"


class ReportError(ValueError):
    """A report that cannot be made; the message says which value is wrong, and what may stand there."""


@dataclass(frozen=True, slots=True)
class Period:
    """`count` hours or days (`by`), of which the last has the number `last`: so many since 1970."""

    by: str
    count: int
    last: int

    @property
    def first(self) -> int:
        """The number of the first one."""
        return self.last - self.count + 1

    def number(self, ms: float) -> int:
        """The number of the hour or day in which a moment lies."""
        return int(ms // LENGTHS[self.by])

    def start(self, number: int) -> datetime:
        """When the hour or day of that number begins; what would begin after the last date begins with that."""
        return from_ms(min(number * LENGTHS[self.by], LAST_MS))


def period_of(query: Mapping[str, str], now: float) -> Period:
    """The period that `by` (`day` or `hour`) and `last` (how many) of an address ask for; raises `ReportError`."""
    by, last = query.get("by", "day"), query.get("last", "")
    if by not in LENGTHS:
        raise ReportError(f"by={by[:40]!r} is none; it is {' or '.join(LENGTHS)}.")
    count = whole_number(last, 1, MOST) if last else USUAL[by]
    if count is None:
        raise ReportError(f"last={last[:40]!r} is no whole number from 1 to {MOST}.")
    return Period(by, min(count, int(now // LENGTHS[by]) + 1), int(now // LENGTHS[by]))

"""What an evaluation looks at: the fields, the moment that counts as now, and where included audiences are found."""

from collections.abc import Callable, Mapping
from datetime import UTC, datetime
from functools import lru_cache

from understudy.server.platform.filterql.datemath import RELATIVE, parse_date, shift
from understudy.server.platform.filterql.errors import DateMathError


class Unknown:
    """The type of `UNKNOWN`, the third truth value: a field that is missing, a condition that cannot be evaluated."""

    __slots__ = ()

    def __repr__(self) -> str:
        return "unknown"

    def __bool__(self) -> bool:
        raise TypeError("UNKNOWN is neither true nor false; compare with `is`")


UNKNOWN = Unknown()

_USUAL, _UNUSUAL = 1970, 9000  # years


class Context:
    """One evaluation's surroundings. `include(slug)` answers True, False, or UNKNOWN when there is no such audience."""

    __slots__ = ("fields", "include", "now", "second")

    def __init__(self, fields: Mapping[str, object], now: datetime, include: Callable[[str], object]) -> None:
        self.fields = fields
        # Times are compared by whole seconds, so the moment may be cut to one, which lets `_date` remember more.
        self.now = now.replace(microsecond=0, tzinfo=now.tzinfo or UTC)
        # The same in unix seconds, where dates some centuries away can be worked out as numbers.
        self.second = int(self.now.timestamp()) if self.now.tzinfo is UTC and _USUAL <= now.year < _UNUSUAL else None
        self.include = include

    def date(self, text: str) -> datetime | None:
        """A literal as a date, relative or absolute; None when it is no date."""
        return _date(text, self.now)


@lru_cache(maxsize=1024)
def _date(text: str, now: datetime) -> datetime | None:
    if not RELATIVE.match(text):
        return parse_date(text)
    try:
        return shift(text, now)
    except DateMathError:
        return None

"""Dates in FilterQL: relative ones ("now-3d") and absolute ones (platform.md 3.6, "Date math").

Months and years follow the calendar, and a day that a month has not runs over into the next one (31 March minus a month
is "31 February", so 3 March), as the vendor's library has it. Dates without a zone are UTC.
"""

import re
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from functools import lru_cache

from understudy.server.platform.filterql.errors import DateMathError

RELATIVE = re.compile(r"^now([+-]+.*)*$")
_SHIFT = re.compile(r"(?:now)?([+-])(\d{1,12})([yMwdhms])")
_MOST_MONTHS = 10_000 * 12
_STEPS = {"w": "weeks", "d": "days", "h": "hours", "m": "minutes", "s": "seconds"}
_DIGITS = re.compile(r"-?\d{9,16}")
_FORMATS = ("%m/%d/%Y", "%m/%d/%Y %H:%M", "%m/%d/%Y %H:%M:%S", "%Y/%m/%d", "%Y/%m/%d %H:%M:%S")
_SECONDS_BELOW = (
    100_000_000_000  # a smaller number is read as seconds: as milliseconds it would be in the year 1973 or before
)


def shift(expression: str, now: datetime) -> datetime:
    """Work out `now`, `now-3d`, `+2h` from `now`; raises `DateMathError` on any other shape or an impossible date."""
    if _SHIFT.fullmatch(expression) is None and expression != "now":
        raise DateMathError(
            f"{expression!r} is no relative date: write now, or now-3d, now+2h … (a whole number and y M w d h m or s)"
        )
    try:
        reach = reach_of(expression)
        if reach is not None:
            return _shift_months(now, reach.months) if reach.months else now + reach.fixed
    except (OverflowError, ValueError):
        pass
    raise DateMathError(f"{expression!r} lies outside the years 1 to 9999")


def _shift_months(moment: datetime, months: int) -> datetime:
    year, month = divmod(moment.year * 12 + moment.month - 1 + months, 12)
    first = moment.replace(year=year, month=month + 1, day=1)
    return first + timedelta(days=moment.day - 1)


@dataclass(frozen=True, slots=True)
class Reach:
    """How far a relative date is from the clock: by a fixed time, or by calendar months."""

    fixed: timedelta = timedelta()
    months: int = 0

    def passings(self, moment: datetime) -> list[datetime]:
        """The moments at which the relative date reaches `moment`, and those nearby at which it jumps.

        A date of months or years jumps back where a short month's days have run over into the next one, so it can pass
        a moment more than once.
        """
        try:
            return _month_passings(moment, self.months) if self.months else [moment - self.fixed]
        except (OverflowError, ValueError):
            return []


@lru_cache(maxsize=1024)
def reach_of(expression: str) -> Reach | None:
    """The reach of a relative date; None when it is not one, or leads out of the calendar from anywhere."""
    if expression == "now":
        return Reach()
    if (match := _SHIFT.fullmatch(expression)) is None:
        return None
    amount = int(match[2]) * (-1 if match[1] == "-" else 1)
    if match[3] in "yM":
        months = amount * (12 if match[3] == "y" else 1)
        return Reach(months=months) if abs(months) < _MOST_MONTHS else None
    try:
        return Reach(timedelta(**{_STEPS[match[3]]: amount}))
    except OverflowError:
        return None


def _month_passings(moment: datetime, months: int) -> list[datetime]:
    found = []
    middle = moment.year * 12 + moment.month - 1 - months
    for index in range(middle - 1, middle + 2):
        (year, month), (there_year, there_month) = divmod(index, 12), divmod(index + months, 12)
        # Within one month of the clock's, the relative date moves as the clock does.
        first = datetime(year, month + 1, 1, tzinfo=UTC)
        passing = first + (moment - datetime(there_year, there_month + 1, 1, tzinfo=UTC))
        found.append(first)
        if (passing.year, passing.month) == (first.year, first.month):
            found.append(passing)
    return found


def parse_date(text: str) -> datetime | None:
    """An absolute date: ISO 8601, `12/18/2015` (month first), or unix milliseconds; None when it is none of these."""
    text = text.strip()
    if _DIGITS.fullmatch(text):
        return from_number(int(text))
    try:
        return _in_utc(datetime.fromisoformat(text))
    except ValueError:
        pass
    for form in _FORMATS:
        try:
            return datetime.strptime(text, form).replace(tzinfo=UTC)
        except ValueError:
            continue
    return None


def from_number(number: float) -> datetime | None:
    """Unix milliseconds (or seconds, when the number is too small for them) to a date; None outside years 1 to 9999."""
    try:
        return datetime.fromtimestamp(number if abs(number) < _SECONDS_BELOW else number / 1000, UTC)
    except (OverflowError, ValueError, OSError):
        return None


def _in_utc(moment: datetime) -> datetime | None:
    try:
        return moment.replace(tzinfo=UTC) if moment.tzinfo is None else moment.astimezone(UTC)
    except OverflowError:
        return None

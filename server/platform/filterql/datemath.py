"""Dates in FilterQL: relative ones ("now-3d") and absolute ones (platform.md 3.6, "Date math").

Months and years follow the calendar, and a day that a month has not runs over into the next one (31 March minus a month
is "31 February", so 3 March), as the vendor's library has it. Dates without a zone are UTC.
"""

import re
from datetime import UTC, datetime, timedelta

from understudy.server.platform.filterql.errors import DateMathError

RELATIVE = re.compile(r"^now([+-]+.*)*$")
_SHIFT = re.compile(r"(?:now)?([+-])(\d{1,12})([yMwdhms])")
_STEPS = {"w": "weeks", "d": "days", "h": "hours", "m": "minutes", "s": "seconds"}
_DIGITS = re.compile(r"-?\d{9,16}")
_FORMATS = ("%m/%d/%Y", "%m/%d/%Y %H:%M", "%m/%d/%Y %H:%M:%S", "%Y/%m/%d", "%Y/%m/%d %H:%M:%S")
_SECONDS_BELOW = (
    100_000_000_000  # a smaller number is read as seconds: as milliseconds it would be in the year 1973 or before
)


def shift(expression: str, now: datetime) -> datetime:
    """Work out `now`, `now-3d`, `+2h` from `now`; raises `DateMathError` on any other shape or an impossible date."""
    if expression == "now":
        return now
    match = _SHIFT.fullmatch(expression)
    if match is None:
        raise DateMathError(
            f"{expression!r} is no relative date: write now, or now-3d, now+2h … (a whole number and y M w d h m or s)"
        )
    amount = int(match[2]) * (-1 if match[1] == "-" else 1)
    try:
        if match[3] in "yM":
            return _shift_months(now, amount * (12 if match[3] == "y" else 1))
        return now + timedelta(**{_STEPS[match[3]]: amount})
    except (OverflowError, ValueError) as error:
        raise DateMathError(f"{expression!r} lies outside the years 1 to 9999") from error


def _shift_months(moment: datetime, months: int) -> datetime:
    year, month = divmod(moment.year * 12 + moment.month - 1 + months, 12)
    first = moment.replace(year=year, month=month + 1, day=1)
    return first + timedelta(days=moment.day - 1)


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

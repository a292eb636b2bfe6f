"""Built-in functions on dates. All clock readings are in UTC but that of `todatein`.

`strftime` and `extract` take the forms that Python's own strftime does, of one directive or of many.
"""

import re
from datetime import UTC, datetime
from functools import partial
from zoneinfo import ZoneInfo

from understudy.server.platform.filterql import datemath, values
from understudy.server.platform.filterql.context import UNKNOWN, Context
from understudy.server.platform.filterql.errors import DateMathError
from understudy.server.platform.filterql.registry import function

# Texts such as "now-3d" among their arguments are dates of the moment, so all of these move with the clock.
timed = partial(function, moving=True)

_CLOCK = re.compile(r"M?(\d{1,9}):(\d{1,9})")
# How the vendor's language writes a form of dates: by the same moment in every one.
_LAYOUT = {
    "2006": "%Y", "January": "%B", "Jan": "%b", "Monday": "%A", "Mon": "%a",
    "01": "%m", "02": "%d", "03": "%I", "04": "%M", "05": "%S", "06": "%y", "15": "%H", "PM": "%p",
}  # fmt: skip
_LAYOUT_PART = re.compile("|".join(_LAYOUT))


@timed("now", 0)
def now(context: Context) -> object:
    """The moment of the evaluation."""
    return context.now


@timed("todate", 1, 2)
def todate(context: Context, *given: object) -> object:
    """The value as a date: any accepted form, "-3d" for "now-3d", or unix ms; first its form, such as "%d.%m.%Y"."""
    *form, value = given
    if form:
        return _in_form(form[0], value)
    if isinstance(value, str) and value[:1] in ("+", "-") and len(value) > 2:
        try:
            return datemath.shift(value, context.now)
        except DateMathError:
            return UNKNOWN
    moment = values.to_time(value, context)
    return UNKNOWN if moment is None else moment


@timed("todatein", 2)
def todatein(context: Context, value: object, zone: object) -> object:
    """The value as a date, where a text without a zone is taken to be of this one, such as "Europe/Paris"."""
    moment = values.to_time(value, context)
    if moment is None or not isinstance(zone, str):
        return UNKNOWN
    try:
        there = ZoneInfo(zone)
        if not isinstance(value, str) or not _has_no_zone(value):
            return moment
        return moment.replace(tzinfo=there).astimezone(UTC)
    except (KeyError, ValueError, OSError, OverflowError):
        return UNKNOWN


@timed("totimestamp", 1)
def totimestamp(context: Context, value: object) -> object:
    """The date as unix seconds."""
    moment = values.to_time(value, context)
    return UNKNOWN if moment is None else int(moment.timestamp())


@timed("unixtrunc", 1, 2)
def unixtrunc(context: Context, value: object, unit: object = "s") -> object:
    """The date as unix time in a text: whole seconds, "ms" for milliseconds, "seconds" for seconds with a fraction."""
    moment = values.to_time(value, context)
    if moment is None:
        return UNKNOWN
    ms = round(moment.timestamp() * 1000)
    texts = {"s": str(ms // 1000), "ms": str(ms), "seconds": f"{ms // 1000}.{ms % 1000:03}"}
    return texts.get(unit, UNKNOWN) if isinstance(unit, str) else UNKNOWN


@timed("seconds", 1)
def seconds(context: Context, value: object) -> object:
    """Seconds: of a length such as "10:30" or "M10:30", of a number as it is, of a date since 1970."""
    if isinstance(value, str) and (clock := _CLOCK.fullmatch(value)):
        return int(clock[1]) * 60 + int(clock[2])
    if (number := values.to_number(value)) is not None:
        return number
    return totimestamp(context, value)


@timed("strftime", 2)
def strftime(context: Context, value: object, form: object) -> object:
    """The date as a text in a form such as "%Y-%m-%d"."""
    moment = values.to_time(value, context)
    if moment is None or not isinstance(form, str) or len(form) > 100:
        return UNKNOWN
    try:
        return moment.strftime(form.replace("\0", ""))
    except (ValueError, UnicodeError):
        return UNKNOWN


@timed("extract", 2)
def extract(context: Context, value: object, form: object) -> object:
    """A part of the date as a text, such as "%B" for the month's name."""
    return strftime(context, value, form)


@timed("yy", 1)
def yy(context: Context, value: object) -> object:
    """The year of the date in two digits, as a number."""
    moment = values.to_time(value, context)
    return UNKNOWN if moment is None else moment.year % 100


@timed("yymm", 1)
def yymm(context: Context, value: object) -> object:
    """Year and month of the date as a text of four digits."""
    moment = values.to_time(value, context)
    return UNKNOWN if moment is None else f"{moment.year % 100:02}{moment.month:02}"


@timed("mm", 1)
def mm(context: Context, value: object) -> object:
    """The month of the date, 1 to 12."""
    moment = values.to_time(value, context)
    return UNKNOWN if moment is None else moment.month


@timed("monthofyear", 1)
def monthofyear(context: Context, value: object) -> object:
    """The month of the date, 1 to 12, as `mm`."""
    return mm(context, value)


@timed("hourofday", 1)
def hourofday(context: Context, value: object) -> object:
    """The hour of the date, 0 to 23."""
    moment = values.to_time(value, context)
    return UNKNOWN if moment is None else moment.hour


@timed("dayofweek", 1)
def dayofweek(context: Context, value: object) -> object:
    """The day of the week of the date, 0 for Sunday to 6 for Saturday."""
    moment = values.to_time(value, context)
    return UNKNOWN if moment is None else moment.isoweekday() % 7


@timed("hourofweek", 1)
def hourofweek(context: Context, value: object) -> object:
    """The hour of the week of the date, 0 (Sunday, first hour) to 167."""
    moment = values.to_time(value, context)
    return UNKNOWN if moment is None else moment.isoweekday() % 7 * 24 + moment.hour


def _in_form(form: object, value: object) -> object:
    if not isinstance(form, str) or not isinstance(value, str):
        return UNKNOWN
    pattern = form if "%" in form else _LAYOUT_PART.sub(lambda part: _LAYOUT[part[0]], form)
    try:
        moment = datetime.strptime(value, pattern)
        return moment.replace(tzinfo=UTC) if moment.tzinfo is None else moment.astimezone(UTC)
    except (ValueError, OverflowError, re.error):
        return UNKNOWN


def _has_no_zone(text: str) -> bool:
    """Whether a date's text is clock time of nowhere: neither relative nor a number, without Z and offset."""
    return not re.fullmatch(r"now.*|[+-]?\d+|.*(?:[zZ]|:\d\d[+-]\d\d:?\d\d)", text.strip(), re.DOTALL)

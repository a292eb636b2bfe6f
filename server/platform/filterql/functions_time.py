"""Built-in functions on dates. All clock readings are in UTC."""

from understudy.server.platform.filterql import datemath, values
from understudy.server.platform.filterql.context import UNKNOWN, Context
from understudy.server.platform.filterql.errors import DateMathError
from understudy.server.platform.filterql.registry import function


@function("now", 0)
def now(context: Context) -> object:
    """The moment of the evaluation."""
    return context.now


@function("todate", 1)
def todate(context: Context, value: object) -> object:
    """The value as a date: a text in any accepted form, "now-3d" or "-3d" for short, or unix milliseconds."""
    if isinstance(value, str) and value[:1] in ("+", "-") and len(value) > 2:
        try:
            return datemath.shift(value, context.now)
        except DateMathError:
            return UNKNOWN
    moment = values.to_time(value, context)
    return UNKNOWN if moment is None else moment


@function("totimestamp", 1)
def totimestamp(context: Context, value: object) -> object:
    """The date as unix seconds."""
    moment = values.to_time(value, context)
    return UNKNOWN if moment is None else int(moment.timestamp())


@function("hourofday", 1)
def hourofday(context: Context, value: object) -> object:
    """The hour of the date, 0 to 23."""
    moment = values.to_time(value, context)
    return UNKNOWN if moment is None else moment.hour


@function("dayofweek", 1)
def dayofweek(context: Context, value: object) -> object:
    """The day of the week of the date, 0 for Sunday to 6 for Saturday."""
    moment = values.to_time(value, context)
    return UNKNOWN if moment is None else moment.isoweekday() % 7


@function("hourofweek", 1)
def hourofweek(context: Context, value: object) -> object:
    """The hour of the week of the date, 0 (Sunday, first hour) to 167."""
    moment = values.to_time(value, context)
    return UNKNOWN if moment is None else moment.isoweekday() % 7 * 24 + moment.hour

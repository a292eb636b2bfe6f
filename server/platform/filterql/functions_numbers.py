"""Built-in functions on numbers, and those that make one type of another (platform.md 3.6)."""

import math

from understudy.server.platform.filterql import values
from understudy.server.platform.filterql.context import UNKNOWN, Context
from understudy.server.platform.filterql.registry import function


@function("count", 1, total=True)
def count(_context: Context, value: object) -> object:
    """How many items or keys the value has; one for a single value, none for a missing one."""
    if value is UNKNOWN:
        return 0
    return len(value) if isinstance(value, list | tuple | set | frozenset | dict) else 1


@function("sum", 1, None, total=True)
def total(_context: Context, *given: object) -> object:
    """All numbers among the values, and in the lists and maps among them, added up."""
    numbers = _numbers(given)
    try:
        return sum(numbers) if numbers else UNKNOWN
    except OverflowError:
        return UNKNOWN


@function("avg", 1, None, total=True)
def average(_context: Context, *given: object) -> object:
    """The mean of all numbers among the values, and in the lists and maps among them."""
    numbers = _numbers(given)
    try:
        return sum(numbers) / len(numbers) if numbers else UNKNOWN
    except OverflowError:
        return UNKNOWN


@function("sqrt", 1)
def root(_context: Context, value: object) -> object:
    """The square root of the number; none of one below zero."""
    number = values.to_number(value)
    try:
        return UNKNOWN if number is None or number < 0 else math.sqrt(number)
    except OverflowError:
        return UNKNOWN


@function("pow", 2)
def power(_context: Context, base: object, exponent: object) -> object:
    """The first number to the power of the second."""
    one, other = values.to_number(base), values.to_number(exponent)
    if one is None or other is None:
        return UNKNOWN
    try:
        return math.pow(one, other)  # of floats: with whole numbers a short text could ask for gigabytes
    except (OverflowError, ValueError):
        return UNKNOWN


@function("toint", 1)
def toint(_context: Context, value: object) -> object:
    """The value as a whole number, cut towards zero."""
    number = values.to_number(value)
    try:
        return UNKNOWN if number is None else int(number)
    except (OverflowError, ValueError):
        return UNKNOWN


@function("tonumber", 1)
def tonumber(_context: Context, value: object) -> object:
    """The value as a number."""
    number = values.to_number(value)
    try:
        return UNKNOWN if number is None else float(number)
    except OverflowError:
        return UNKNOWN


@function("tostring", 1)
def tostring(_context: Context, value: object) -> object:
    """The value as a text; booleans are "true" and "false", times ISO 8601."""
    text = values.to_text(value)
    return UNKNOWN if text is None else text


@function("tobool", 1)
def tobool(_context: Context, value: object) -> object:
    """The value as true or false."""
    answer = values.to_bool(value)
    return UNKNOWN if answer is None else answer


@function("cast", 2)
def cast(context: Context, value: object, kind: object) -> object:
    """The value as another type: "string", "int", "number", "bool" or "time"."""
    name = _KINDS.get(kind.lower(), "") if isinstance(kind, str) else ""
    if name == "time":
        moment = values.to_time(value, context)
        return UNKNOWN if moment is None else moment
    change = {"string": tostring, "int": toint, "number": tonumber, "bool": tobool}.get(name)
    return UNKNOWN if change is None else change(context, value)


_KINDS = {
    **dict.fromkeys(("string", "char", "varchar", "text"), "string"),
    **dict.fromkeys(("int", "integer", "bigint"), "int"),
    **dict.fromkeys(("number", "float", "double", "decimal"), "number"),
    **dict.fromkeys(("bool", "boolean"), "bool"),
    **dict.fromkeys(("time", "date", "datetime", "timestamp"), "time"),
}


def _numbers(given: tuple[object, ...]) -> list[int | float]:
    flat: list[object] = []
    for value in given:
        flat += value.values() if isinstance(value, dict) else values.elements(value)
    return [number for item in flat if (number := values.to_number(item)) is not None]

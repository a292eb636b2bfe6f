"""Built-in functions on texts, numbers, lists and maps. A value of the wrong type gives no answer, never an error."""

from datetime import datetime

from understudy.server.platform.filterql import values
from understudy.server.platform.filterql.context import UNKNOWN, Context
from understudy.server.platform.filterql.registry import function


@function("tolower", 1)
def tolower(_context: Context, value: object) -> object:
    """The text in lower case."""
    return value.lower() if isinstance(value, str) else UNKNOWN


@function("toupper", 1)
def toupper(_context: Context, value: object) -> object:
    """The text in upper case."""
    return value.upper() if isinstance(value, str) else UNKNOWN


@function("contains", 2)
def contains(context: Context, value: object, part: object) -> object:
    """Whether the text, or some text in the list, contains the part."""
    return values.contains(value, part, context)


@function("hasprefix", 2)
def hasprefix(_context: Context, value: object, prefix: object) -> object:
    """Whether the text begins with the prefix."""
    return value.startswith(prefix) if isinstance(value, str) and isinstance(prefix, str) else UNKNOWN


@function("hassuffix", 2)
def hassuffix(_context: Context, value: object, suffix: object) -> object:
    """Whether the text ends with the suffix."""
    return value.endswith(suffix) if isinstance(value, str) and isinstance(suffix, str) else UNKNOWN


@function("len", 1)
def length(_context: Context, value: object) -> object:
    """How many characters, items or keys the value has."""
    return len(value) if isinstance(value, str | list | tuple | set | frozenset | dict) else UNKNOWN


@function("count", 1, total=True)
def count(_context: Context, value: object) -> object:
    """How many items or keys the value has; one for a single value, none for a missing one."""
    if value is UNKNOWN:
        return 0
    return len(value) if isinstance(value, list | tuple | set | frozenset | dict) else 1


@function("split", 2)
def split(_context: Context, value: object, mark: object) -> object:
    """The text cut into a list at each mark."""
    return value.split(mark) if isinstance(value, str) and isinstance(mark, str) and mark else UNKNOWN


@function("toint", 1)
def toint(_context: Context, value: object) -> object:
    """The value as a whole number, cut towards zero."""
    number = values.to_number(value)
    try:
        return UNKNOWN if number is None else int(number)
    except OverflowError:
        return UNKNOWN


@function("tonumber", 1)
def tonumber(_context: Context, value: object) -> object:
    """The value as a number."""
    number = values.to_number(value)
    return UNKNOWN if number is None else float(number)


@function("tostring", 1)
def tostring(_context: Context, value: object) -> object:
    """The value as a text; booleans are "true" and "false", times ISO 8601."""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, datetime):
        return value.isoformat().replace("+00:00", "Z")
    return str(value) if isinstance(value, str | int | float) else UNKNOWN


@function("tobool", 1)
def tobool(_context: Context, value: object) -> object:
    """The value as true or false."""
    answer = values.to_bool(value)
    return UNKNOWN if answer is None else answer


@function("mapkeys", 1)
def mapkeys(_context: Context, value: object) -> object:
    """The keys of the map, as a list."""
    return list(value) if isinstance(value, dict) else UNKNOWN


@function("mapvalues", 1)
def mapvalues(_context: Context, value: object) -> object:
    """The values of the map, as a list."""
    return list(value.values()) if isinstance(value, dict) else UNKNOWN


@function("mapinvert", 1)
def mapinvert(_context: Context, value: object) -> object:
    """The map with keys and values changed over; of equal values the last key stays."""
    return {str(item): key for key, item in value.items()} if isinstance(value, dict) else UNKNOWN

"""Built-in functions on lists and maps (platform.md 3.6). A value of the wrong type gives no answer, never an error."""

from collections.abc import Callable

from understudy.server.platform.filterql import values
from understudy.server.platform.filterql.context import UNKNOWN, Context
from understudy.server.platform.filterql.registry import function


@function("len", 1)
def length(_context: Context, value: object) -> object:
    """How many characters, items or keys the value has."""
    return len(value) if isinstance(value, str | list | tuple | set | frozenset | dict) else UNKNOWN


@function("array.index", 2)
def array_index(_context: Context, value: object, place: object) -> object:
    """The item of the list at a place, from 0; below 0 it is counted from the end."""
    number = values.to_number(place)
    if not values.is_list(value) or not isinstance(number, int):
        return UNKNOWN
    items = values.elements(value)
    return items[number] if -len(items) <= number < len(items) else UNKNOWN


@function("array.slice", 2, 3)
def array_slice(_context: Context, value: object, start: object, end: object = None) -> object:
    """The items of the list from one place up to, not with, another; below 0 is counted from the end."""
    first, last = values.to_number(start), None if end is None else values.to_number(end)
    if not values.is_list(value) or not isinstance(first, int) or not (end is None or isinstance(last, int)):
        return UNKNOWN
    return values.elements(value)[first : None if last is None else int(last)]


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


@function("map", 2)
def map_of(_context: Context, key: object, value: object) -> object:
    """A map with this one key and value."""
    text = values.to_text(key)
    return UNKNOWN if text is None else {text: value}


@function("match", 1, None, moving=True)  # it looks at fields that its text does not name
def match(context: Context, *prefixes: object) -> object:
    """A map of all fields whose names begin so, without the prefix."""
    found = {
        name.removeprefix(prefix): value
        for prefix in prefixes
        if isinstance(prefix, str)
        for name, value in context.fields.items()
        if name.startswith(prefix) and name != prefix and value is not None
    }
    return found or UNKNOWN


@function("filter", 2, None)
def without(context: Context, value: object, *patterns: object) -> object:
    """The list without the items, or the map without the keys, that match one of the patterns (`*` as in LIKE)."""
    return _kept(value, lambda item: not _matches(item, patterns, context))


@function("filtermatch", 2, None)
def only(context: Context, value: object, *patterns: object) -> object:
    """The list with only the items, or the map with only the keys, that match one of the patterns (`*` as in LIKE)."""
    return _kept(value, lambda item: _matches(item, patterns, context))


def _kept(value: object, wanted: Callable[[object], bool]) -> object:
    if isinstance(value, dict):
        return {key: item for key, item in value.items() if wanted(key)} or UNKNOWN
    if values.is_list(value):
        return [item for item in values.elements(value) if wanted(item)] or UNKNOWN
    return value if isinstance(value, str) and wanted(value) else UNKNOWN


def _matches(item: object, patterns: tuple[object, ...], context: Context) -> bool:
    choices = [choice for pattern in patterns for choice in values.elements(pattern)]
    return any(values.like(values.to_text(item), choice, context) is True for choice in choices)
